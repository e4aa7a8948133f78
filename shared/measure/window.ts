import type { BenchStage, Outcome } from './result'

/** What the window of a stage is found from: when requests were sent, answered first and ended, on one clock. */
export type Span = {
  slot: number
  requestAtMs: number
  firstTokenAtMs: number | null
  endAtMs: number
  outcome: Outcome
}

export type Window = BenchStage['window']

export const noWindow: Window = { kind: 'none', startMs: 0, endMs: 0 }

/**
 * The stretch of a closed-loop stage in which every slot was at work.
 * `steady`: from the moment each slot has a first token and one answer behind it to the sending of the last request
 * (with one stream: to its end); taken when at least `enough` requests lie wholly inside. Else `loaded`: from when
 * all slots were busy to when the first stayed idle, ramp and drain being told. Source: benchmarking.md, 6.
 */
export function stageWindow(spans: readonly Span[], concurrency: number): Window {
  const answered = spans.filter((span) => span.outcome === 'ok')
  if (answered.length === 0) return noWindow
  const steady = steadyWindow(spans, answered, concurrency)
  const enough = Math.max(5, concurrency)
  if (steady && answered.filter((span) => isInside(span, steady)).length >= enough) return { kind: 'steady', ...steady }
  return { kind: 'loaded', ...loadedWindow(spans, concurrency) }
}

export function isInside(
  span: Pick<Span, 'requestAtMs' | 'endAtMs'>,
  window: { startMs: number; endMs: number },
): boolean {
  return span.requestAtMs >= window.startMs && span.endAtMs <= window.endMs
}

function steadyWindow(spans: readonly Span[], answered: readonly Span[], concurrency: number) {
  let startMs = Number.NEGATIVE_INFINITY
  for (let slot = 0; slot < concurrency; slot++) {
    const first = answered.find((span) => span.slot === slot)
    if (!first) return null
    startMs = Math.max(startMs, first.endAtMs, first.firstTokenAtMs ?? first.endAtMs)
  }
  const endMs =
    concurrency === 1
      ? Math.max(...spans.map((span) => span.endAtMs))
      : Math.max(...spans.map((span) => span.requestAtMs))
  return endMs > startMs ? { startMs, endMs } : null
}

function loadedWindow(spans: readonly Span[], concurrency: number) {
  const sent = spans.map((span) => span.requestAtMs).sort((a, b) => a - b)
  const startMs = sent[Math.min(concurrency, sent.length) - 1] ?? 0
  const lastSentMs = sent[sent.length - 1] ?? 0
  const drain = spans.map((span) => span.endAtMs).filter((endMs) => endMs >= lastSentMs)
  const endMs = Math.min(...drain)
  if (endMs > startMs) return { startMs, endMs }
  return { startMs: sent[0] ?? 0, endMs: Math.max(...spans.map((span) => span.endAtMs)) }
}

/** The mean number of requests in flight within the window. */
export function meanInFlight(spans: readonly Span[], window: Window): number | null {
  const lengthMs = window.endMs - window.startMs
  if (lengthMs <= 0) return null
  let busyMs = 0
  for (const span of spans) {
    busyMs += Math.max(0, Math.min(span.endAtMs, window.endMs) - Math.max(span.requestAtMs, window.startMs))
  }
  return busyMs / lengthMs
}

/** Little's law, in per cent off: mean in flight against completion rate times mean time in the system. */
export function littleError(
  inFlight: number | null,
  requestsPerSecond: number,
  meanE2eMs: number | null,
): number | null {
  if (!inFlight || meanE2eMs === null) return null
  return (Math.abs(inFlight - (requestsPerSecond * meanE2eMs) / 1000) / inFlight) * 100
}
