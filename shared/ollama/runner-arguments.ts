/** The value of an option on a runner's command line, by the first of its names that is there; null where none is. */
export function runnerOption(command: string, ...names: string[]): string | null {
  for (const name of names) {
    const found = new RegExp(`(?:^|\\s)${name} (\\S+)`).exec(command)?.[1]
    if (found !== undefined) return found
  }
  return null
}

export const runnerParallel = (command: string) => runnerOption(command, '--parallel', '-np')

/** Tokens that one request may have. Both versions give a runner the sum over all its slots. */
export function runnerContext(command: string): number | null {
  const total = runnerOption(command, '--ctx-size', '-c')
  return total === null ? null : Math.floor(Number(total) / Number(runnerParallel(command) ?? 1))
}
