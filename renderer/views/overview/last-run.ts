import type { BenchRunSummary } from '../../../shared/contract/bench'
import { headlineOf } from '../../parts/run-headline'

/** The run to tell of, newest first: the last that came to its end with a figure, else the last with anything measured. */
export function lastRun(runs: readonly BenchRunSummary[]): BenchRunSummary | undefined {
  const ended = runs.filter(({ state, curve }) => state !== 'running' && curve.length > 0)
  return ended.find(({ state, curve }) => state === 'finished' && headlineOf(curve) !== null) ?? ended[0]
}
