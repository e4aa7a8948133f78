import type { PlannedStage } from '../../../shared/measure/plan'
import type { BenchStage } from '../../../shared/measure/result'
import { measureStage, type SeenRequest } from '../../../shared/measure/stage'
import type { StageEnd } from './generator-messages'
import type { RunRecord } from './saved-runs'

type Step = PlannedStage & { position: number; end: StageEnd | null; ceilingTokensPerSecond: number | null }

/** Measures a step by the requests seen of it, against the run's step of one stream and its warm-up. */
export function measuredStep(
  { warmUp }: Pick<RunRecord, 'warmUp'>,
  before: readonly BenchStage[],
  seen: readonly SeenRequest[],
  { requests, end, ...step }: Step,
) {
  const solo = before.find((stage) => stage.kind === 'measure' && stage.concurrency === 1) ?? null
  const { eventLoopUtilization = 0, loopDelayP99Ms = 0, sleptMs = 0 } = end ?? {}
  return measureStage(
    seen,
    { ...step, plannedRequests: requests, client: { eventLoopUtilization, loopDelayP99Ms }, sleptMs },
    { solo, freshPrefillRate: warmUp?.prefillTokensPerSecond ?? null },
  )
}
