import type { Verdict } from '../../../../shared/measure/result'
import { clientLimits } from '../../../../shared/measure/verdicts'

/** The key of what a verdict says: of a client that was the limit, what it was late or busy with. */
export function verdictKey({ code, values }: Verdict) {
  if (code !== 'client-limited') return code
  if ((values.loopDelayMs ?? 0) > clientLimits.loopDelayP99Ms) return 'client-late'
  if ((values.utilizationPercent ?? 0) > clientLimits.eventLoopUtilization * 100) return 'client-busy'
  return 'client-idle'
}

/** What makes the figures of a run doubtful, the gravest first. */
export const doubts = (verdicts: readonly Verdict[]) => verdicts.filter(({ level }) => level === 'bad')
