/** Tells the time of a run, ms of the wall clock as it was at its start; goes on steadily whatever is done to that one. */
export function runClock(startedAtMs: number): { now: () => number; ofSteadyMs: (steadyMs: number) => number } {
  const startedMs = steadyMs()
  const ofSteadyMs = (ms: number) => startedAtMs + ms - startedMs
  return { now: () => ofSteadyMs(steadyMs()), ofSteadyMs }
}

/** A clock that all threads of this process share and nobody sets. */
export const steadyMs = () => Number(process.hrtime.bigint()) / 1e6
