import type { BenchRunSummary } from '../../shared/contract/bench'

type Step = BenchRunSummary['curve'][number]

/** The step with the highest rate of the whole system; of two that are within 3 %, the one with fewer streams. */
export function bestStep(curve: readonly Step[]): Step | null {
  let best: Step | null = null
  for (const step of curve) {
    const rate = step.outputTokensPerSecond?.value ?? 0
    if (rate > (best?.outputTokensPerSecond?.value ?? 0) * 1.03) best = step
  }
  return best
}
