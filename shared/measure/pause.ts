import { cameInOnePiece } from './decode'
import { quantile } from './quantile'
import type { BenchRequest } from './result'

type Seen = Pick<
  BenchRequest,
  'requestAtMs' | 'endAtMs' | 'ttftMs' | 'isReload' | 'outputTokens' | 'tpotMs' | 'serverAnswerMs'
> & { eventsMs: ArrayLike<number> }

const whole = ({ requestAtMs, endAtMs }: Seen) => endAtMs - requestAtMs

/** A shorter silence is no pause, however fast the tokens came before. */
const shortestMs = 5000
/** A silence this many times the usual first token, and so many times the usual gap, has no reason within the server. */
const timesFirstToken = 10
const timesGap = 50
/** An answer that comes in one piece is not heard of before its end: as long as other whole answers take is no pause. */
const timesAnswer = 3

/**
 * The longest time, ms, in which a server that had requests in flight said nothing to any of them though it had been
 * far quicker: it was stopped, or its machine slept. 0 where there was none. A model that had to be loaded again is no
 * pause.
 */
export function serverPauseMs(seen: readonly Seen[]): number {
  const heard = seen.flatMap(({ requestAtMs, eventsMs }) => Array.from(eventsMs, (ms) => requestAtMs + ms))
  const instants = Float64Array.from(heard).sort()
  const gaps = new Float64Array(Math.max(0, instants.length - 1))
  for (let i = 0; i < gaps.length; i++) gaps[i] = (instants[i + 1] ?? 0) - (instants[i] ?? 0)
  const usualGapMs = quantile(Float64Array.from(gaps).sort(), 0.5)
  const firsts = seen.flatMap((request) => (request.isReload ? [] : (request.ttftMs ?? [])))
  const usualFirstMs = quantile(Float64Array.from(firsts).sort(), 0.5)
  if (usualGapMs === null || usualFirstMs === null) return 0
  const usualLimitMs = Math.max(shortestMs, timesGap * usualGapMs, timesFirstToken * usualFirstMs)
  const usualAnswerMs = quantile(Float64Array.from(seen, whole).sort(), 0.5) ?? 0
  let longestMs = 0
  gaps.forEach((gapMs, i) => {
    if (gapMs <= Math.max(usualLimitMs, longestMs)) return
    const [fromMs, toMs] = [instants[i] ?? 0, instants[i + 1] ?? 0]
    const waiting = seen.filter((request) => request.requestAtMs < toMs && request.endAtMs > fromMs)
    // From the first that waited: before it there was nothing to say.
    const sinceMs = Math.max(fromMs, Math.min(toMs, ...waiting.map((request) => request.requestAtMs)))
    const isWholeAnswer = waiting.some((one) => cameInOnePiece(one) && one.requestAtMs + (one.eventsMs[0] ?? 0) >= toMs)
    const limitMs = isWholeAnswer ? Math.max(usualLimitMs, timesAnswer * usualAnswerMs) : usualLimitMs
    if (toMs - sinceMs > limitMs && !waiting.some((request) => request.isReload)) longestMs = toMs - sinceMs
  })
  return longestMs
}
