import type { BenchRequest } from './result'

/** Below this part of the time that the server says it wrote for, what was seen here is no time of writing. */
const leastShare = 0.5
/** Events this near to each other, ms, came in one read. */
const sameReadMs = 1

type Written = Pick<BenchRequest, 'outputTokens' | 'tpotMs' | 'serverAnswerMs'> & { eventsMs: ArrayLike<number> }

/**
 * Whether the pieces of an answer say nothing of how fast it was written: a slow link, a proxy or a late client handed
 * most of it over at once.
 */
export function cameInOnePiece({ outputTokens, tpotMs, serverAnswerMs, eventsMs }: Written): boolean {
  if (outputTokens < 2 || eventsMs.length === 0) return false
  if (eventsMs.length === 1 || mostAtOnce(eventsMs) > eventsMs.length / 2) return true
  return tpotMs !== null && serverAnswerMs !== null && tpotMs * (outputTokens - 1) < leastShare * serverAnswerMs
}

/**
 * Time per token while decoding, ms: as the tokens arrived, or for an answer that came in one piece by the server's own
 * time, which begins at the first token. Null where neither is known.
 */
export function timePerToken(request: Written): number | null {
  if (!cameInOnePiece(request)) return request.tpotMs
  const { outputTokens, serverAnswerMs } = request
  return serverAnswerMs === null || serverAnswerMs === 0 ? null : serverAnswerMs / (outputTokens - 1)
}

function mostAtOnce(eventsMs: ArrayLike<number>): number {
  let most = 1
  let from = 0
  for (let i = 1; i < eventsMs.length; i++) {
    if ((eventsMs[i] ?? 0) - (eventsMs[from] ?? 0) > sameReadMs) from = i
    most = Math.max(most, i - from + 1)
  }
  return most
}
