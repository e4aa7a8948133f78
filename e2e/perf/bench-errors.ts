import type { BenchStage } from '../../shared/measure/result'
import type { SeenRequest } from '../../shared/measure/stage'
import { systemRate } from '../../shared/measure/throughput'
import { stageWindow } from '../../shared/measure/window'

/** One request as the simulated server saw it, on its own clock. */
export type Sent = { arrivedAtMs: number; tokenDueAtMs: number[] }

/** What was measured of each request, minus what the server did with it. */
export function errorsOf(requests: readonly SeenRequest[], sent: readonly Sent[]) {
  return requests.map(({ ttftMs, tpotMs }, index) => {
    const { arrivedAtMs = 0, tokenDueAtMs = [] } = sent[index] ?? {}
    const [first = 0, last = 0] = [tokenDueAtMs[0], tokenDueAtMs.at(-1)]
    const trueTpotMs = (last - first) / (tokenDueAtMs.length - 1)
    return { ttftMs: (ttftMs ?? 0) - (first - arrivedAtMs), tpotPercent: ((tpotMs ?? 0) / trueTpotMs - 1) * 100 }
  })
}

/** The rate of the whole system against that of the tokens as they were due, in percent of the latter. */
export function rateError(stage: BenchStage, requests: readonly SeenRequest[], sent: readonly Sent[]): number {
  // The way that took least time tells how far the server's clock is ahead.
  const aheadMs = Math.min(...sent.map(({ arrivedAtMs }, index) => arrivedAtMs - (requests[index]?.requestAtMs ?? 0)))
  const due = sent.map(({ arrivedAtMs, tokenDueAtMs }, index) => ({
    slot: requests[index]?.slot ?? 0,
    outcome: 'ok' as const,
    requestAtMs: arrivedAtMs - aheadMs,
    firstTokenAtMs: (tokenDueAtMs[0] ?? arrivedAtMs) - aheadMs,
    endAtMs: (tokenDueAtMs.at(-1) ?? arrivedAtMs) - aheadMs,
    eventsMs: tokenDueAtMs.map((dueAtMs) => dueAtMs - arrivedAtMs),
    tokensPerEvent: 1,
  }))
  const trueRate = systemRate(due, stageWindow(due, stage.concurrency), 0)?.value ?? Number.NaN
  return ((stage.system.outputTokensPerSecond?.value ?? Number.NaN) / trueRate - 1) * 100
}
