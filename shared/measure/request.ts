import type { BenchRequest, TokenSource } from './result'

/** What was seen of one answer. Times are ms after the request was handed to the socket. */
export type Answer = {
  /** When each event that carried content, reasoning or tool text had wholly arrived. */
  eventsMs: ArrayLike<number>
  /** The first of them that was not reasoning. */
  firstOutputMs: number | null
  reasoningEvents: number
  /** What the server counted; null where it said nothing. */
  outputTokens: number | null
  reasoningTokens: number | null
  tokenSource: TokenSource
}

export type RequestMetrics = {
  ttftMs: number | null
  ttfoMs: number | null
  /** To the last token, not to the end of the body: a trailing usage record is no work of the model. */
  e2eMs: number | null
  /** Time per output token while decoding; null below two tokens, never 0. */
  tpotMs: number | null
  decodeTokensPerSecond: number | null
  e2eTokensPerSecond: number | null
  /** E2E per token: what some tools call TPOT. */
  normalizedTpotMs: number | null
  tokensPerEvent: number | null
  maxGapMs: number | null
  /** Tokens of the answer as far as they were streamed. */
  visibleTokens: number
  isEstimated: boolean
}

/**
 * The metrics of one answer. One token is taken for the first event, so N tokens span N - 1 steps; reasoning that
 * was counted but not streamed leaves the count. Source: benchmarking.md, 2.
 */
export function measureAnswer(answer: Answer): RequestMetrics {
  const { eventsMs } = answer
  const events = eventsMs.length
  const isEstimated = answer.outputTokens === null || answer.tokenSource === 'chunks'
  const counted = isEstimated ? events : (answer.outputTokens ?? events)
  const hiddenReasoning = answer.reasoningEvents === 0 ? (answer.reasoningTokens ?? 0) : 0
  const tokens = Math.max(0, counted - hiddenReasoning)

  const ttftMs = eventsMs[0] ?? null
  const e2eMs = eventsMs[events - 1] ?? null
  const decodeMs = ttftMs === null || e2eMs === null ? null : e2eMs - ttftMs
  const tpotMs = decodeMs !== null && tokens > 1 && events > 1 ? decodeMs / (tokens - 1) : null
  return {
    ttftMs,
    ttfoMs: answer.firstOutputMs,
    e2eMs,
    tpotMs,
    decodeTokensPerSecond: tpotMs ? 1000 / tpotMs : null,
    e2eTokensPerSecond: e2eMs ? (tokens * 1000) / e2eMs : null,
    normalizedTpotMs: e2eMs !== null && tokens > 0 ? e2eMs / tokens : null,
    tokensPerEvent: events > 1 ? (tokens - 1) / (events - 1) : null,
    maxGapMs: longestGap(eventsMs),
    visibleTokens: tokens,
    isEstimated,
  }
}

/** Inter-chunk latencies: the time between each token-bearing event and the one before it. */
export function chunkGaps(eventsMs: ArrayLike<number>): number[] {
  const gaps: number[] = []
  for (let i = 1; i < eventsMs.length; i++) gaps.push((eventsMs[i] ?? 0) - (eventsMs[i - 1] ?? 0))
  return gaps
}

function longestGap(eventsMs: ArrayLike<number>): number | null {
  let longest: number | null = null
  for (let i = 1; i < eventsMs.length; i++) {
    longest = Math.max(longest ?? 0, (eventsMs[i] ?? 0) - (eventsMs[i - 1] ?? 0))
  }
  return longest
}

/**
 * Tokens a second from the first to the last, which span one step less than there are tokens: from what was counted here,
 * or from Ollama's own count and time, whose timer starts at the first token (benchmarking.md, golden vector C).
 */
export function rateAfterFirst(tokens: number | null, durationMs: number | null): number | null {
  return tokens !== null && tokens > 1 && durationMs ? ((tokens - 1) * 1000) / durationMs : null
}

/**
 * Prompt tokens a second from the server's own counts and time: only what was read anew. A server that does not tell
 * how much came from its cache is taken to have read all; where something did, the rate is too high.
 */
export function serverPrefillRate(tokens: number | null, promptMs: number | null, cached: number | null = null) {
  const fresh = freshTokens({ promptTokens: tokens, cachedTokens: cached })
  return fresh !== null && fresh > 0 && promptMs ? (fresh * 1000) / promptMs : null
}

/** The same of a measured request. */
export const prefillRate = (request: Pick<BenchRequest, 'promptTokens' | 'serverPromptMs' | 'cachedTokens'>) =>
  serverPrefillRate(request.promptTokens, request.serverPromptMs, request.cachedTokens)

/** Tokens of a prompt that were read, those from a cache left out; null where they were not counted. */
export function freshTokens(request: { promptTokens: number | null; cachedTokens: number | null }): number | null {
  const { promptTokens, cachedTokens } = request
  return promptTokens === null ? null : Math.max(0, promptTokens - (cachedTokens ?? 0))
}
