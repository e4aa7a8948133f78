import type { BenchRunSummary } from '../../../shared/contract/bench'

/** Models to choose from: those that were measured before. */
export function useModelNames(runs: readonly BenchRunSummary[]): string[] {
  return [...new Set(runs.map((run) => run.plan.model))].sort()
}
