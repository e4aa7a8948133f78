import type { Reference } from './reference'
import { prefillRate } from './request'
import type { BenchRequest, BenchStage, Client, Verdict } from './result'

/** Below this many requests a figure is drawn hollow. */
export const enoughRequests = 30

/** From this utilization of its event loop on, or this delay, the client measures itself. */
export const clientLimits = { eventLoopUtilization: 0.7, loopDelayP99Ms: 10 }

export const isClientLimited = (client: Client) =>
  client.eventLoopUtilization > clientLimits.eventLoopUtilization || client.loopDelayP99Ms > clientLimits.loopDelayP99Ms

/** From these parts of a figure on, what may be wrong with it is told in amber, and in red. */
const notable = { caution: 0.05, bad: 0.1 }

const levelOf = (share: number): 'info' | 'caution' | 'bad' =>
  share >= notable.bad ? 'bad' : share >= notable.caution ? 'caution' : 'info'

/** What only the requests of a step can say; `one piece`: of those behind its distributions. */
export type Doubts = {
  sleptMs: number
  serverPauseMs: number
  onePiece: { count: number; leftOut: number }
}

/** What must be known before the numbers of a step are believed. `counted` are the requests behind its distributions. */
export function stageVerdicts(
  stage: BenchStage,
  counted: readonly BenchRequest[],
  reference: Reference,
  doubts: Doubts,
): Verdict[] {
  const verdicts: Verdict[] = []
  const add = (code: Verdict['code'], level: Verdict['level'], values: Record<string, number> = {}) =>
    verdicts.push({ code, level, values: { streams: stage.concurrency, ...values } })

  if (doubts.sleptMs > 0) add('slept', 'bad', { pauseMs: doubts.sleptMs })
  else if (doubts.serverPauseMs > 0) add('server-stood-still', 'bad', { pauseMs: doubts.serverPauseMs })
  const hasFigures = stage.window.kind !== 'none'
  if (hasFigures && stage.kind === 'measure' && stage.counts.inWindow < enoughRequests)
    add('few-requests', 'info', { n: stage.counts.inWindow })
  if (stage.window.kind === 'loaded') add('ramp-included', 'info')
  const client = hasFigures ? clientShare(stage) : null
  if (client) add('client-limited', client.level, client.values)
  if (stage.counts.failed > 0) {
    const asked = stage.counts.ok + stage.counts.failed
    add('failures', stage.counts.failed / asked > 0.05 ? 'bad' : 'caution', { failed: stage.counts.failed, asked })
  }
  if (stage.counts.short > 0.1 * stage.counts.ok) {
    add('short-answers', 'caution', { short: stage.counts.short, asked: stage.counts.ok })
  }
  const suspects = cacheSuspects(counted, stage, reference)
  if (suspects > 0) {
    const level = suspects / counted.length >= notable.bad ? 'bad' : 'caution'
    add('cache-suspect', level, { requests: suspects, asked: counted.length })
  }
  const { count, leftOut } = doubts.onePiece
  if (count > 0) {
    const level = leftOut / counted.length >= notable.bad ? 'caution' : 'info'
    add('one-piece', level, { requests: count, leftOut, asked: counted.length })
  }
  if (stage.tokens.source === 'chunks') add('estimated-tokens', 'caution')

  if (stage.ceiling && stage.concurrency === 1) {
    const percent = stage.ceiling.bandwidthUtilization * 100
    add(percent > 100 ? 'above-ceiling' : 'of-ceiling', percent > 100 ? 'bad' : 'good', { percent })
  }
  const scaling = stage.system.scaling
  if (stage.kind === 'measure' && stage.concurrency > 1 && scaling !== null) {
    if (isSerialized(stage, reference.solo)) add('serialized', 'caution', { scaling })
    else add('scales', 'good', { scaling })
    const { waitMs } = stage.server
    const wholeMs = stage.perStream.e2eMs?.median.value ?? Number.POSITIVE_INFINITY
    if (waitMs !== null && waitMs > 0.25 * wholeMs) add('queues', 'caution', { waitMs })
  }
  if (stage.kind === 'drift') {
    const percent = driftPercent(stage, reference.solo)
    if (percent !== null)
      add(Math.abs(percent) > 5 ? 'drift' : 'steady', Math.abs(percent) > 5 ? 'caution' : 'good', { percent })
  }
  return verdicts
}

/**
 * How much of a figure may be the client's own: lateness as a part of the first token, streams that had no request as a
 * part of the rate. A thread that is busy through and through may have slowed everything.
 */
function clientShare({ client, system, perStream, concurrency }: BenchStage) {
  const inFlight = system.meanInFlight
  const ttftMs = perStream.ttftMs?.median.value
  const isLate = client.loopDelayP99Ms > clientLimits.loopDelayP99Ms
  const isBusy = client.eventLoopUtilization > clientLimits.eventLoopUtilization
  const late = isLate ? (ttftMs ? client.loopDelayP99Ms / ttftMs : 1) : 0
  const idle = inFlight !== null && inFlight < 0.95 * concurrency ? 1 - inFlight / concurrency : 0
  if (!isBusy && late === 0 && idle === 0) return null
  return {
    level: isBusy ? ('bad' as const) : levelOf(Math.max(late, idle)),
    values: {
      utilizationPercent: client.eventLoopUtilization * 100,
      loopDelayMs: client.loopDelayP99Ms,
      inFlight: inFlight ?? 0,
      latePercent: late * 100,
      idlePercent: idle * 100,
    },
  }
}

/** The server answers one at a time, as Ollama does by default: no gain, and first tokens wait for whole answers. */
function isSerialized(stage: BenchStage, solo: BenchStage | null): boolean {
  const soloE2eMs = solo?.perStream.e2eMs?.median.value
  const ttftMs = stage.perStream.ttftMs?.median.value
  const scaling = stage.system.scaling
  if (soloE2eMs === undefined || ttftMs === undefined || scaling === null) return false
  return scaling < 1.15 && ttftMs > 0.7 * (stage.concurrency - 1) * soloE2eMs
}

/** How much slower a token came at the end than at the start, in per cent. */
function driftPercent(stage: BenchStage, solo: BenchStage | null): number | null {
  const before = solo?.perStream.tpotMs?.median.value
  const after = stage.perStream.tpotMs?.median.value
  return before && after ? (after / before - 1) * 100 : null
}

/**
 * Requests of whose prompt the server says it had a part cached; where it says nothing, those whose prompt was read
 * three times faster than a fresh one can be.
 */
function cacheSuspects(counted: readonly BenchRequest[], stage: BenchStage, reference: Reference): number {
  const usual = reference.freshPrefillRate ?? stage.server.prefillTokensPerSecond ?? 0
  return counted.filter((request) => {
    const { promptTokens, cachedTokens } = request
    if (cachedTokens !== null) return cachedTokens > 0 && cachedTokens >= 0.05 * (promptTokens ?? cachedTokens)
    return usual > 0 && (prefillRate(request) ?? 0) > 3 * usual
  }).length
}

/** One sentence's worth of each thing the steps say, for the head of a result: the gravest of each code, and what is well. */
export function runVerdicts(stages: readonly BenchStage[], spilledShare: number | null): Verdict[] {
  const gravity = { bad: 3, caution: 2, info: 1, good: 0 }
  const gravest = new Map<Verdict['code'], Verdict>()
  for (const verdict of stages.flatMap((stage) => stage.verdicts)) {
    const known = gravest.get(verdict.code)
    const isGraver = !known || gravity[verdict.level] >= gravity[known.level]
    // Of steps with few requests the one with the fewest is told.
    if (isGraver && !((known?.values.n ?? Number.POSITIVE_INFINITY) < (verdict.values.n ?? 0)))
      gravest.set(verdict.code, verdict)
  }
  const verdicts = [...gravest.values()]
  if (spilledShare) verdicts.push({ code: 'cpu-spill', level: 'caution', values: { percent: spilledShare * 100 } })
  const measured = stages.some((stage) => stage.counts.ok > 0)
  if (measured && !gravest.has('failures')) verdicts.push({ code: 'no-failures', level: 'good', values: {} })
  if (measured && !gravest.has('client-limited')) verdicts.push({ code: 'client-fine', level: 'good', values: {} })
  return verdicts.sort((a, b) => gravity[b.level] - gravity[a.level])
}
