import type { Reference } from './reference'
import type { BenchStage } from './result'
import { measureStage, type SeenRequest, type StageFacts } from './stage'

const facts: StageFacts = {
  position: 0,
  kind: 'measure',
  concurrency: 1,
  plannedRequests: 10,
  client: { eventLoopUtilization: 0.1, loopDelayP99Ms: 1 },
  ceilingTokensPerSecond: null,
}
export const alone: Reference = { solo: null, freshPrefillRate: null }

/** An answer of 101 tokens: the first after `ttftMs`, then one every 10 ms. */
export function answer(
  number: number,
  requestAtMs: number,
  change: Partial<SeenRequest> = {},
  ttftMs = 100,
): SeenRequest {
  const eventsMs = Array.from({ length: 101 }, (_, i) => ttftMs + i * 10)
  return {
    number,
    stage: 0,
    phase: 'measure',
    slot: 0,
    scheduledAtMs: requestAtMs,
    requestAtMs,
    endAtMs: requestAtMs + ttftMs + 1000,
    outcome: 'ok',
    status: 200,
    detail: null,
    finishReason: 'length',
    headersMs: ttftMs,
    ttftMs,
    ttfoMs: ttftMs,
    tpotMs: 10,
    e2eMs: ttftMs + 1000,
    maxGapMs: 10,
    events: 101,
    tokensPerEvent: 1,
    outputTokens: 101,
    reasoningTokens: null,
    promptTokens: 200,
    cachedTokens: null,
    tokenSource: 'eval_count',
    serverLoadMs: 5,
    serverPromptMs: 100,
    serverAnswerMs: 1000,
    serverTotalMs: 1105,
    isShort: false,
    isInWindow: false,
    isReload: false,
    nonce: 'n',
    eventsMs,
    ...change,
  }
}

/** One stream, one answer after the other, back to back. */
export const inTurn = (count: number, change: (index: number) => Partial<SeenRequest> = () => ({})) =>
  Array.from({ length: count }, (_, i) => answer(i + 1, i * 1100, change(i)))

/** `streams` in step, `rounds` answers each. */
export const together = (streams: number, rounds: number) =>
  Array.from({ length: streams * rounds }, (_, i) =>
    answer(i + 1, Math.floor(i / streams) * 1100 + (i % streams), { slot: i % streams }),
  )

export const measured = (seen: readonly SeenRequest[], change: Partial<StageFacts> = {}, reference = alone) =>
  measureStage(seen, { ...facts, plannedRequests: seen.length, ...change }, reference).stage

export const codes = (stage: BenchStage) => stage.verdicts.map((verdict) => verdict.code)
