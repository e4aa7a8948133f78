import { cameInOnePiece, timePerToken } from './decode'
import { distributionOf } from './distribution'
import { fairness } from './interval'
import { serverPauseMs } from './pause'
import { mean, median } from './quantile'
import type { Reference } from './reference'
import { freshTokens, prefillRate, rateAfterFirst } from './request'
import type { BenchRequest, BenchStage, Client, Distribution } from './result'
import { systemRate, timeline } from './throughput'
import { type Doubts, stageVerdicts } from './verdicts'
import { isInside, littleError, meanInFlight, noWindow, type Span, stageWindow } from './window'

/** A request with the times of its token-bearing events, ms after it was handed to the socket. */
export type SeenRequest = BenchRequest & { eventsMs: ArrayLike<number> }

export type StageFacts = Pick<BenchStage, 'position' | 'kind' | 'concurrency' | 'plannedRequests'> & {
  client: Client
  /** Tokens a second that the memory bandwidth allows one stream, where the cards and the weights are known. */
  ceilingTokensPerSecond: number | null
  /** How long the machine that measures stood still meanwhile, as in sleep; 0 where it did not. */
  sleptMs?: number
}

/**
 * Measures one step of a closed loop and says which of its requests counted. Failures, reloads and what lies
 * outside the window never reach a distribution; a short answer keeps its TTFT, and its TPOT from 32 tokens on. A step
 * in which a machine slept has no figures at all: nobody can tell what of its times was sleep.
 * Source: benchmarking.md, 2, 6 and 8.
 */
export function measureStage(
  seen: readonly SeenRequest[],
  facts: StageFacts,
  reference: Reference,
): { stage: BenchStage; inWindow: Set<number> } {
  const spans = seen.map(toSpan)
  const stillMs = { sleptMs: facts.sleptMs ?? 0, serverPauseMs: serverPauseMs(seen) }
  const isBroken = stillMs.sleptMs > 0 || stillMs.serverPauseMs > 0
  const window = isBroken ? noWindow : stageWindow(spans, facts.concurrency)
  const completed = seen.filter((request) => request.outcome === 'ok')
  const asSeen = completed
    .filter((request) => window.kind !== 'none' && !request.isReload)
    .filter((request) => window.kind === 'loaded' || isInside(request, window))
    .sort((a, b) => a.endAtMs - b.endAtMs)
  const counted = asSeen.map((request) => ({ ...request, tpotMs: timePerToken(request) }))
  const whole = counted.filter((request) => !request.isShort)
  const decoded = counted.filter((request) => !request.isShort || request.outputTokens >= 32)
  const distribution = (requests: readonly SeenRequest[], value: (request: SeenRequest) => number | null) =>
    distributionOf(present(requests, value), facts.concurrency)

  const e2eMs = distribution(whole, (request) => request.e2eMs)
  const decodeTokensPerSecond = distribution(decoded, decodeRate)
  const lengthMs = window.endMs - window.startMs
  const ended = completed.filter((request) => request.endAtMs >= window.startMs && request.endAtMs <= window.endMs)
  const requestsPerSecond = lengthMs > 0 ? (ended.length * 1000) / lengthMs : null
  const inFlight = meanInFlight(spans, window)
  const output = systemRate(completed, window, e2eMs?.median.value ?? 0)
  const soloRate = facts.concurrency === 1 ? output?.value : reference.solo?.system.outputTokensPerSecond?.value

  const stage: BenchStage = {
    position: facts.position,
    kind: facts.kind,
    concurrency: facts.concurrency,
    plannedRequests: facts.plannedRequests,
    isComplete: seen.length >= facts.plannedRequests && !seen.some((request) => request.outcome === 'cancelled'),
    window,
    counts: {
      ok: completed.length,
      short: completed.filter((request) => request.isShort).length,
      failed: seen.filter(isFailed).length,
      cancelled: seen.filter((request) => request.outcome === 'cancelled').length,
      inWindow: counted.length,
      byOutcome: countBy(seen),
    },
    system: {
      outputTokensPerSecond: output,
      inputTokensPerSecond: perSecond(sumOfAll(ended, freshTokens), lengthMs),
      requestsPerSecond,
      meanInFlight: inFlight,
      littleErrorPercent: littleError(
        inFlight,
        requestsPerSecond ?? 0,
        mean(present(ended, (request) => request.e2eMs)),
      ),
      scaling: output && soloRate ? output.value / soloRate : null,
    },
    perStream: {
      ttftMs: distribution(counted, (request) => request.ttftMs),
      ttfoMs: distribution(counted, (request) => request.ttfoMs),
      tpotMs: distribution(decoded, (request) => request.tpotMs),
      decodeTokensPerSecond,
      e2eMs,
      maxGapMs: distribution(decoded, (request) => request.maxGapMs),
      tokensPerEvent: distribution(decoded, (request) => request.tokensPerEvent),
      fairness: slotFairness(decoded),
    },
    tokens: {
      source: completed[0]?.tokenSource ?? null,
      input: sumOfAll(completed, (request) => request.promptTokens),
      output: sum(completed.map((request) => request.outputTokens)),
    },
    server: serverFigures(counted),
    client: facts.client,
    ceiling: ceiling(facts, decodeTokensPerSecond),
    timeline: timeline(seen),
    verdicts: [],
  }
  const doubts: Doubts = { ...stillMs, onePiece: onePieceOf(asSeen) }
  stage.verdicts = stageVerdicts(stage, counted, reference, doubts)
  return { stage, inWindow: new Set(counted.map((request) => request.number)) }
}

/** Failed means the server or the way to it failed; a request that the user cancelled did not. */
export const isFailed = (request: Pick<BenchRequest, 'outcome'>) =>
  request.outcome !== 'ok' && request.outcome !== 'cancelled'

export const decodeRate = (request: Pick<BenchRequest, 'tpotMs'>) => (request.tpotMs ? 1000 / request.tpotMs : null)

/** The values that are there. */
export function present<T>(items: readonly T[], value: (item: T) => number | null): number[] {
  return items.flatMap((item) => value(item) ?? [])
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Null where one of them is not known: a sum of the others would pass for one of all. */
function sumOfAll<T>(items: readonly T[], value: (item: T) => number | null): number | null {
  const values = present(items, value)
  return values.length === items.length ? sum(values) : null
}

const perSecond = (count: number | null, lengthMs: number) =>
  count !== null && lengthMs > 0 ? (count * 1000) / lengthMs : null

function onePieceOf(seen: readonly SeenRequest[]): Doubts['onePiece'] {
  const requests = seen.filter(cameInOnePiece)
  return { count: requests.length, leftOut: requests.filter((request) => timePerToken(request) === null).length }
}

function toSpan(request: SeenRequest): Span {
  const { slot, requestAtMs, endAtMs, outcome, ttftMs } = request
  return { slot, requestAtMs, endAtMs, outcome, firstTokenAtMs: ttftMs === null ? null : requestAtMs + ttftMs }
}

function countBy(requests: readonly SeenRequest[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of requests) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

function slotFairness(requests: readonly SeenRequest[]): number | null {
  const slots = new Map<number, number[]>()
  for (const request of requests) {
    const rate = decodeRate(request)
    if (rate !== null) slots.set(request.slot, [...(slots.get(request.slot) ?? []), rate])
  }
  return fairness([...slots.values()].flatMap((rates) => mean(rates) ?? []))
}

function serverFigures(requests: readonly SeenRequest[]): BenchStage['server'] {
  return {
    prefillTokensPerSecond: median(present(requests, prefillRate)),
    decodeTokensPerSecond: median(
      present(requests, (request) =>
        request.tokenSource === 'eval_count' ? rateAfterFirst(request.outputTokens, request.serverAnswerMs) : null,
      ),
    ),
    waitMs: median(present(requests, serverWait)),
  }
}

type Timed = Pick<BenchRequest, 'ttftMs' | 'serverTotalMs' | 'serverLoadMs' | 'serverPromptMs' | 'serverAnswerMs'>

/**
 * How long the server kept a request before it read the prompt: what its own total leaves over, which is also what it
 * spent between tokens and after them. So never more than the first token took. Null where the server says none.
 */
export function serverWait(request: Timed): number | null {
  const { ttftMs, serverTotalMs, serverLoadMs, serverPromptMs, serverAnswerMs } = request
  if (serverTotalMs === null || serverPromptMs === null || serverAnswerMs === null) return null
  const left = Math.max(0, serverTotalMs - (serverLoadMs ?? 0) - serverPromptMs - serverAnswerMs)
  return ttftMs === null ? left : Math.min(left, Math.max(0, ttftMs - serverPromptMs))
}

function ceiling(facts: StageFacts, decode: Distribution | null): BenchStage['ceiling'] {
  const tokensPerSecond = facts.ceilingTokensPerSecond
  if (!tokensPerSecond || !decode) return null
  return { tokensPerSecond, bandwidthUtilization: decode.median.value / tokensPerSecond }
}
