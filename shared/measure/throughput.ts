import { blockBootstrapMean } from './interval'
import type { BenchStage, Estimate } from './result'
import type { Window } from './window'

/** When the tokens of an answer came: events, ms after `requestAtMs`, that carry `outputTokens` between them. */
export type TokenTrain = {
  requestAtMs: number
  endAtMs: number
  eventsMs: ArrayLike<number>
  tokensPerEvent: number | null
  /** Needed of an answer that came as one event. */
  outputTokens?: number
}

/**
 * Output tokens a second of the whole system: the tokens whose event falls into the window, over the window; not a
 * mean of streams. The first event stands for one token (the only one for all), each later one for the mean. Its interval comes from bins
 * of a second, blocks of `answerMs` or 5 s. Source: benchmarking.md, 2 and 7.
 */
export function systemRate(trains: readonly TokenTrain[], window: Window, answerMs: number): Estimate | null {
  const lengthMs = window.endMs - window.startMs
  if (lengthMs <= 0) return null
  const bins = new Float64Array(Math.floor(lengthMs / 1000))
  let tokens = 0
  let n = 0
  for (const train of trains) {
    const before = tokens
    eachToken(train, (atMs, count) => {
      if (atMs < window.startMs || atMs > window.endMs) return
      tokens += count
      const bin = Math.floor((atMs - window.startMs) / 1000)
      if (bin < bins.length) bins[bin] = (bins[bin] ?? 0) + count
    })
    if (tokens > before) n++
  }
  const interval = blockBootstrapMean(bins, Math.max(5, answerMs / 1000))
  return {
    value: (tokens * 1000) / lengthMs,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    method: interval ? 'block-bootstrap' : 'none',
    n,
  }
}

/** Tokens and requests in flight by the second, at most 600 points: longer stages get longer bins. */
export function timeline(trains: readonly TokenTrain[]): BenchStage['timeline'] {
  if (trains.length === 0) return { startMs: 0, stepMs: 1000, tokensPerSecond: [], inFlight: [] }
  const startMs = Math.min(...trains.map((train) => train.requestAtMs))
  const endMs = Math.max(...trains.map((train) => train.endAtMs))
  const stepMs = Math.max(1, Math.ceil((endMs - startMs) / 600_000)) * 1000
  const count = Math.max(1, Math.ceil((endMs - startMs) / stepMs))
  const tokens = new Float64Array(count)
  const inFlight = new Float64Array(count)
  for (const train of trains) {
    eachToken(train, (atMs, carried) => {
      const bin = Math.min(count - 1, Math.floor((atMs - startMs) / stepMs))
      tokens[bin] = (tokens[bin] ?? 0) + carried
    })
    for (let bin = Math.floor((train.requestAtMs - startMs) / stepMs); bin < count; bin++) {
      const from = startMs + bin * stepMs
      const busyMs = Math.min(train.endAtMs, from + stepMs) - Math.max(train.requestAtMs, from)
      if (busyMs <= 0) break
      inFlight[bin] = (inFlight[bin] ?? 0) + busyMs / stepMs
    }
  }
  return {
    startMs,
    stepMs,
    tokensPerSecond: Array.from(tokens, (value) => round((value * 1000) / stepMs)),
    inFlight: Array.from(inFlight, round),
  }
}

const round = (value: number) => Math.round(value * 100) / 100

function eachToken(train: TokenTrain, visit: (atMs: number, tokens: number) => void) {
  const later = train.tokensPerEvent ?? 1
  const first = train.eventsMs.length === 1 ? Math.max(1, train.outputTokens ?? 1) : 1
  for (let i = 0; i < train.eventsMs.length; i++) {
    visit(train.requestAtMs + (train.eventsMs[i] ?? 0), i === 0 ? first : later)
  }
}
