import type { AnswerFigures } from '../../../shared/contract/chats'
import type { OllamaRecord } from '../../wire/records'

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
}

/** The figures of an answer whose last record never came, from what was seen of it. */
export function figuresSeen({ count, firstMs, lastMs, totalMs, isLoading }: SeenPieces): AnswerFigures {
  if (firstMs === null || lastMs === null) return { ...noFigures, totalMs }
  const decodeMs = lastMs - firstMs
  return {
    ...noFigures,
    firstTokenMs: firstMs,
    totalMs,
    answerTokens: count,
    tokensPerSecond: count > 1 && decodeMs > 0 ? ((count - 1) / decodeMs) * 1000 : null,
    isCountedHere: true,
    isLoadIncluded: isLoading,
  }
}

const nanosecondsPerMs = 1e6

/**
 * The figures of a finished answer from Ollama's last record. Its timer starts when the first token is there, so N
 * tokens span N - 1 steps (benchmarking.md, golden vector C); loading is taken out of the time to the first token.
 */
export function figuresOf(last: OllamaRecord, seen: { firstTokenMs: number | null; totalMs: number }): AnswerFigures {
  const number = (name: string) => (typeof last[name] === 'number' ? last[name] : null)
  const milliseconds = (name: string) => {
    const value = number(name)
    return value === null ? null : value / nanosecondsPerMs
  }
  const answerTokens = number('eval_count')
  const decodeMs = milliseconds('eval_duration')
  const loadMs = milliseconds('load_duration')
  const reason = last.done_reason
  return {
    firstTokenMs: seen.firstTokenMs === null ? null : Math.max(0, seen.firstTokenMs - (loadMs ?? 0)),
    loadMs,
    tokensPerSecond:
      answerTokens !== null && answerTokens > 1 && decodeMs ? ((answerTokens - 1) / decodeMs) * 1000 : null,
    answerTokens,
    promptTokens: number('prompt_eval_count'),
    promptMs: milliseconds('prompt_eval_duration'),
    totalMs: seen.totalMs,
    endReason: reason === 'stop' || reason === 'length' ? reason : 'other',
  }
}
