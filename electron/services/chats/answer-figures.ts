import type { ServerDurations } from '../../../shared/backends/answer-event'
import type { AnswerFigures } from '../../../shared/contract/chats'
import { rateAfterFirst } from '../../../shared/measure/request'

export const noFigures: AnswerFigures = {
  firstTokenMs: null,
  loadMs: null,
  tokensPerSecond: null,
  answerTokens: null,
  promptTokens: null,
  promptMs: null,
  totalMs: null,
  endReason: null,
}

/** What was seen of an answer up to its last piece, ms from the request. */
export type SeenPieces = {
  count: number
  firstMs: number | null
  lastMs: number | null
  totalMs: number
  isLoading: boolean
  /** The machine slept meanwhile, or Corral was stopped: a rate over that time says nothing. */
  hadStandstill: boolean
}

/** The figures of an answer whose last record never came, from what was seen of it. */
export function figuresSeen({ count, firstMs, lastMs, totalMs, isLoading, hadStandstill }: SeenPieces): AnswerFigures {
  if (firstMs === null || lastMs === null) return { ...noFigures, totalMs }
  const decodeMs = lastMs - firstMs
  return {
    ...noFigures,
    firstTokenMs: firstMs,
    totalMs,
    answerTokens: count,
    tokensPerSecond: hadStandstill ? null : rateAfterFirst(count, decodeMs),
    isCountedHere: true,
    isLoadIncluded: isLoading,
  }
}

/** The figures of an answer that was a mere load: how long that took, as the server says, and nothing else. */
export const figuresOfLoad = (server: ServerDurations | null, totalMs: number): AnswerFigures => ({
  ...noFigures,
  loadMs: server?.loadMs ?? null,
  totalMs,
})

type Counted = { input: number | null; output: number | null; cached: number | null }
type Ended = { finishReason: string | null; server: ServerDurations | null }

/**
 * The figures of a finished answer by the server's own counts and times; loading is taken out of the time to the first
 * token.
 */
export function figuresOf(
  { finishReason, server }: Ended,
  usage: Counted | null,
  seen: { firstTokenMs: number | null; totalMs: number },
): AnswerFigures {
  const answerTokens = usage?.output ?? null
  const loadMs = server?.loadMs ?? null
  return {
    firstTokenMs: seen.firstTokenMs === null ? null : Math.max(0, seen.firstTokenMs - (loadMs ?? 0)),
    loadMs,
    tokensPerSecond: rateAfterFirst(answerTokens, server?.answerMs ?? null),
    answerTokens,
    promptTokens: usage?.input ?? null,
    ...(usage?.cached == null ? {} : { cachedTokens: usage.cached }),
    promptMs: server?.promptMs ?? null,
    totalMs: seen.totalMs,
    endReason: finishReason === 'stop' || finishReason === 'length' ? finishReason : 'other',
  }
}
