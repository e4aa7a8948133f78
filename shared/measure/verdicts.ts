import type { Reference } from './reference'
import { serverPrefillRate } from './request'
import type { BenchRequest, BenchStage, Client, Verdict } from './result'

/** Below this many requests a figure is drawn hollow. */
export const enoughRequests = 30

/** From this utilization of its event loop on, or this delay, the client measures itself. */
export const clientLimits = { eventLoopUtilization: 0.7, loopDelayP99Ms: 10 }

export const isClientLimited = (client: Client) =>
  client.eventLoopUtilization > clientLimits.eventLoopUtilization || client.loopDelayP99Ms > clientLimits.loopDelayP99Ms

/** What must be known before the numbers of a step are believed. `counted` are the requests behind its distributions. */
export function stageVerdicts(stage: BenchStage, counted: readonly BenchRequest[], reference: Reference): Verdict[] {
  const verdicts: Verdict[] = []
  const add = (code: Verdict['code'], level: Verdict['level'], values: Record<string, number> = {}) =>
    verdicts.push({ code, level, values: { streams: stage.concurrency, ...values } })

  if (stage.kind === 'measure' && stage.counts.inWindow < enoughRequests)
    add('few-requests', 'info', { n: stage.counts.inWindow })
  if (stage.window.kind === 'loaded') add('ramp-included', 'info')

  const inFlight = stage.system.meanInFlight
  if (isClientLimited(stage.client) || (inFlight !== null && inFlight < 0.95 * stage.concurrency)) {
    add('client-limited', 'bad', {
      utilizationPercent: stage.client.eventLoopUtilization * 100,
      loopDelayMs: stage.client.loopDelayP99Ms,
      inFlight: inFlight ?? 0,
    })
  }
  if (stage.counts.failed > 0) {
    const asked = stage.counts.ok + stage.counts.failed
    add('failures', stage.counts.failed / asked > 0.05 ? 'bad' : 'caution', { failed: stage.counts.failed, asked })
  }
  if (stage.counts.short > 0.1 * stage.counts.ok) {
    add('short-answers', 'caution', { short: stage.counts.short, asked: stage.counts.ok })
  }
  const suspects = cacheSuspects(counted, stage, reference)
  if (suspects > 0) add('cache-suspect', 'bad', { requests: suspects, asked: counted.length })
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

/** Requests whose prompt was read three times faster than a fresh one can be, or that the server says it had cached. */
function cacheSuspects(counted: readonly BenchRequest[], stage: BenchStage, reference: Reference): number {
  const usual = reference.freshPrefillRate ?? stage.server.prefillTokensPerSecond ?? 0
  return counted.filter((request) => {
    const cached = request.promptTokens ? (request.cachedTokens ?? 0) / request.promptTokens : 0
    const rate = serverPrefillRate(request.promptTokens, request.serverPromptMs) ?? 0
    return cached >= 0.05 || (usual > 0 && rate > 3 * usual)
  }).length
}

/** One sentence's worth of each thing the steps say, for the head of a result: the gravest of each code, and what is well. */
export function runVerdicts(stages: readonly BenchStage[], isSpilled: boolean | null): Verdict[] {
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
  if (isSpilled) verdicts.push({ code: 'cpu-spill', level: 'caution', values: {} })
  const measured = stages.some((stage) => stage.counts.ok > 0)
  if (measured && !gravest.has('failures')) verdicts.push({ code: 'no-failures', level: 'good', values: {} })
  if (measured && !gravest.has('client-limited')) verdicts.push({ code: 'client-fine', level: 'good', values: {} })
  return verdicts.sort((a, b) => gravity[b.level] - gravity[a.level])
}
