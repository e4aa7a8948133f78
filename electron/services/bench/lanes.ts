import type { BenchLive, LaneRequest } from '../../../shared/contract/bench'
import type { SeenRequest } from '../../../shared/measure/stage'
import type { ActiveRequest, Progress } from './generator-messages'

const windowMs = 60_000
const slotLimit = 32
const requestLimit = 600

/** What each slot did in the last minute. */
export class Lanes {
  /** How long a prompt of this plan takes on an idle server; the server's own time is better, but comes at the end. */
  expectedPrefillMs: number | null = null
  readonly #ended = new Map<number, LaneRequest[]>()
  #active: { slot: number; request: LaneRequest }[] = []

  take(progress: Progress, wallOffsetMs: number, tokensPerEvent: number): void {
    for (const request of progress.ended) {
      const lane = this.#ended.get(request.slot) ?? []
      lane.push(this.#fromEnded(request, wallOffsetMs))
      this.#ended.set(request.slot, lane)
    }
    this.#active = progress.active.map((request) => ({
      slot: request.slot,
      request: this.#fromActive(request, progress.atMs, wallOffsetMs, tokensPerEvent),
    }))
    const oldest = progress.atMs + wallOffsetMs - windowMs
    for (const [slot, lane] of this.#ended) {
      const kept = lane.filter((request) => (request.endAtMs ?? oldest) >= oldest)
      if (kept.length > 0) this.#ended.set(slot, kept)
      else this.#ended.delete(slot)
    }
  }

  /** The first slots' lanes, newest requests first to be kept where there are too many. */
  lastMinute(nowMs: number, slotCount: number): BenchLive['lanes'] {
    const shown = Math.min(slotLimit, Math.max(slotCount, ...[...this.#ended.keys()].map((slot) => slot + 1)))
    const perLane = Math.floor(requestLimit / Math.max(1, shown))
    return Array.from({ length: shown }, (_, slot) => {
      const active = this.#active.filter((one) => one.slot === slot).map((one) => one.request)
      const ended = (this.#ended.get(slot) ?? []).filter((request) => (request.endAtMs ?? 0) >= nowMs - windowMs)
      return { slot, requests: [...ended, ...active].slice(-perLane) }
    })
  }

  #fromEnded(request: SeenRequest, wallOffsetMs: number): LaneRequest {
    const startAtMs = request.requestAtMs + wallOffsetMs
    return {
      number: request.number,
      startAtMs,
      ...this.#phases(startAtMs, request.ttftMs, request.serverPromptMs ?? this.expectedPrefillMs),
      endAtMs: request.endAtMs + wallOffsetMs,
      tokens: request.outputTokens,
      tokensPerSecond: request.tpotMs ? 1000 / request.tpotMs : null,
      outcome: request.outcome,
    }
  }

  #fromActive(request: ActiveRequest, atMs: number, wallOffsetMs: number, tokensPerEvent: number): LaneRequest {
    const startAtMs = request.requestAtMs + wallOffsetMs
    const elapsedMs = atMs - request.requestAtMs
    const decodeMs = request.firstTokenMs === null ? 0 : elapsedMs - request.firstTokenMs
    const mayBePrefill = this.expectedPrefillMs !== null && elapsedMs < 1.5 * this.expectedPrefillMs
    return {
      number: request.number,
      startAtMs,
      ...(request.firstTokenMs === null
        ? { prefillAtMs: mayBePrefill ? startAtMs : null, firstTokenAtMs: null }
        : this.#phases(startAtMs, request.firstTokenMs, this.expectedPrefillMs)),
      endAtMs: null,
      tokens: Math.round(request.events * tokensPerEvent),
      tokensPerSecond: decodeMs > 500 ? ((request.events - 1) * tokensPerEvent * 1000) / decodeMs : null,
      outcome: null,
    }
  }

  /** Time to the first token that the prompt does not account for was spent waiting; a tenth of it is no news. */
  #phases(startAtMs: number, ttftMs: number | null, prefillMs: number | null) {
    if (ttftMs === null) return { prefillAtMs: null, firstTokenAtMs: null }
    const waitMs = prefillMs === null ? 0 : ttftMs - prefillMs
    const firstTokenAtMs = startAtMs + ttftMs
    return { prefillAtMs: waitMs > Math.max(20, 0.1 * ttftMs) ? startAtMs + waitMs : startAtMs, firstTokenAtMs }
  }
}
