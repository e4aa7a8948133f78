import type { Verdict } from '../../../../shared/measure/result'
import { clientLimits } from '../../../../shared/measure/verdicts'
import { formatMeasure, formatPart } from '../../../format/numbers'
import { formatLatency } from '../../../format/times'

/** The key of what a verdict says: of a client that was the limit, what it was late or busy with. */
export function verdictKey({ code, values }: Verdict) {
  if (code === 'one-piece') return values.leftOut ? 'one-piece-left-out' : code
  if (code === 'cpu-spill') return values.percent === undefined ? 'cpu-spill-earlier' : code
  if (code !== 'client-limited') return code
  const { latePercent = 100, idlePercent = 0, loopDelayMs = 0, utilizationPercent = 0 } = values
  const isBusy = utilizationPercent > clientLimits.eventLoopUtilization * 100
  const isLate = loopDelayMs > clientLimits.loopDelayP99Ms
  if (isLate && latePercent >= (isBusy ? 100 : idlePercent)) return 'client-late'
  return isBusy ? 'client-busy' : 'client-idle'
}

/** What makes the figures of a run doubtful, the gravest first. */
export const doubts = (verdicts: readonly Verdict[]) => verdicts.filter(({ level }) => level === 'bad')

/** Runs of earlier versions did not keep what part of a figure a late client was; their sentence tells none. */
export const keepsNoShare = ({ code, values }: Verdict) => code === 'client-limited' && values.latePercent === undefined

/** The figures in a verdict's sentence, as they are read there. */
export function verdictFigures({ values }: Verdict): Record<string, string | number> {
  const { streams = 0, inFlight = streams } = values
  const shown: Record<string, string | number> = {
    count: streams,
    idlePercent: formatPart(100 - (inFlight / streams) * 100),
  }
  for (const [name, value] of Object.entries(values)) {
    shown[name] = counts.has(name) ? value : parts.has(name) ? formatPart(value) : formatMeasure(hundredths(value))
  }
  if (values.loopDelayMs !== undefined) shown.loopDelayMs = formatPart(values.loopDelayMs)
  return { ...shown, wait: formatLatency(values.waitMs ?? null) }
}

/** Counts are whole, unlike measures. */
const counts = new Set(['streams', 'n', 'failed', 'asked', 'short', 'requests', 'leftOut'])
/** Parts of a whole need no more digits than they have. */
const parts = new Set(['latePercent', 'idlePercent', 'utilizationPercent'])

/** Also makes 0 of a -0.001, which would read as -0.00. */
const hundredths = (value: number) => Math.round(value * 100) / 100 + 0
