import type { CurvePoint, Estimate } from '../../shared/measure/result'
import { bestStep } from './best-step'

/** The figure that answers what a run asked, with the first token that stands beside it. */
export type Headline = {
  /** `perStream`: how fast one stream is written. `throughput`: what all streams get together. */
  kind: 'perStream' | 'throughput'
  step: CurvePoint
  rate: Estimate | null
  ttft: Estimate | null
}

/** Of a run's measured steps; null where none of them has a figure. */
export function headlineOf(curve: readonly CurvePoint[]): Headline | null {
  const step = bestStep(curve)
  if (!step) return null
  const isAlone = step.concurrency === 1
  return {
    kind: isAlone ? 'perStream' : 'throughput',
    step,
    rate: isAlone ? step.decodeTokensPerSecond : step.outputTokensPerSecond,
    ttft: step.ttftMs,
  }
}
