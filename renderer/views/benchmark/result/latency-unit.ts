import type { BenchRun } from '../../../../shared/contract/bench'

/** One unit for all latencies of a run, so that its steps compare: seconds only where milliseconds get too long. */
export function latencyUnit({ stages }: Pick<BenchRun, 'stages'>): { unit: 'ms' | 's'; divisor: number } {
  const slowestMs = Math.max(0, ...stages.map(({ perStream }) => perStream.ttftMs?.max ?? 0))
  return slowestMs < 10_000 ? { unit: 'ms', divisor: 1 } : { unit: 's', divisor: 1000 }
}
