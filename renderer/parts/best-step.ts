import type { CurvePoint } from '../../shared/measure/result'

/** The step with the highest rate of the whole system; of two that are within 3 %, the one with fewer streams. */
export function bestStep(curve: readonly CurvePoint[]): CurvePoint | null {
  let best: CurvePoint | null = null
  for (const step of curve) {
    const rate = step.outputTokensPerSecond?.value ?? 0
    if (rate > (best?.outputTokensPerSecond?.value ?? 0) * 1.03) best = step
  }
  return best
}
