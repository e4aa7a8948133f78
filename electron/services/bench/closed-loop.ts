import type { Agent } from 'node:http'
import { timePerToken } from '../../../shared/measure/decode'
import { measureAnswer } from '../../../shared/measure/request'
import type { SeenRequest } from '../../../shared/measure/stage'
import type { ActiveRequest, RequestOrder, StageEnd, StageOrder, Target } from './generator-messages'
import { type EndedAnswer, StreamRequest } from './stream-request'

type Slot = { order: RequestOrder; scheduledAtMs: number; request: StreamRequest }

/** Runs one step: keeps `concurrency` requests in flight until all are sent, the time is up or somebody says stop. */
export class ClosedLoop {
  readonly #slots: (Slot | null)[]
  #startMs = performance.now()
  readonly #starts = new Map<number, NodeJS.Timeout>()
  #ended: SeenRequest[] = []
  #next = 0
  #lostInARow = 0
  #openSlots: number
  #reason: StageEnd['reason'] = 'complete'

  constructor(
    private readonly order: StageOrder,
    private readonly target: Target,
    private readonly agent: Agent,
    private readonly onEvents: (count: number, atMs: number) => void,
    private readonly onDone: (reason: StageEnd['reason']) => void,
  ) {
    this.#slots = new Array(order.concurrency).fill(null)
    this.#openSlots = order.concurrency
    for (let slot = 0; slot < order.concurrency; slot++) {
      const start = () => {
        this.#starts.delete(slot)
        this.#sendNext(slot)
      }
      this.#starts.set(slot, setTimeout(start, (slot * order.spreadMs) / order.concurrency))
    }
  }

  get active(): ActiveRequest[] {
    return this.#slots.flatMap((slot, index) =>
      slot
        ? {
            number: slot.order.number,
            slot: index,
            requestAtMs: slot.request.requestAtMs,
            firstTokenMs: slot.request.reading.firstEventMs,
            events: slot.request.reading.eventCount,
          }
        : [],
    )
  }

  /** What has ended since the last call. */
  takeEnded(): SeenRequest[] {
    const ended = this.#ended
    this.#ended = []
    return ended
  }

  /** Looks for requests that hang and for the time limit; called several times a second. `sleptMs` is nobody's delay. */
  check(nowMs: number, sleptMs = 0): void {
    this.#startMs += sleptMs
    if (sleptMs > 0) for (const slot of this.#slots) slot?.request.forgive(sleptMs)
    for (const slot of this.#slots) slot?.request.endIfLate(nowMs, this.order.firstTokenLimitMs, this.order.idleLimitMs)
    if (nowMs - this.#startMs > this.order.limitMs) this.stopSending('time-limit')
  }

  /** Sends nothing more; what is in flight may end. */
  stopSending(reason: StageEnd['reason']): void {
    if (this.#next < this.order.requests.length && this.#reason === 'complete') this.#reason = reason
    this.#next = this.order.requests.length
    for (const start of this.#starts.values()) {
      clearTimeout(start)
      this.#closeSlot()
    }
    this.#starts.clear()
  }

  cancel(): void {
    this.#reason = 'cancelled'
    this.stopSending('cancelled')
    for (const slot of this.#slots) slot?.request.end('cancelled')
  }

  #sendNext(slot: number) {
    const order = this.order.requests[this.#next]
    if (!order) return this.#closeSlot()
    this.#next++
    this.#slots[slot] = {
      order,
      scheduledAtMs: performance.now(),
      request: new StreamRequest(this.target, this.agent, order.body, this.order.askedTokens, this.onEvents, (answer) =>
        this.#receive(slot, answer),
      ),
    }
  }

  #receive(slot: number, answer: EndedAnswer) {
    const held = this.#slots[slot]
    if (!held) return
    this.#slots[slot] = null
    this.#ended.push(toRequest(this.order, held, slot, answer))
    this.#lostInARow = answer.outcome === 'connect' ? this.#lostInARow + 1 : 0
    if (this.#lostInARow >= Math.max(3, this.order.concurrency)) this.stopSending('unreachable')
    this.#sendNext(slot)
  }

  #closeSlot() {
    this.#openSlots--
    if (this.#openSlots === 0) this.onDone(this.#reason)
  }
}

function toRequest(stage: StageOrder, held: Slot, slot: number, answer: EndedAnswer): SeenRequest {
  const { reading } = answer
  const eventsMs = reading.eventsMs()
  const { tokenSource } = reading
  const { firstOutputMs, reasoningEvents, reasoningTokens } = reading
  const metrics = measureAnswer({
    eventsMs,
    firstOutputMs,
    reasoningEvents,
    outputTokens: reading.outputTokens,
    reasoningTokens,
    tokenSource,
  })
  const outputTokens = reading.outputTokens ?? metrics.visibleTokens
  return {
    number: held.order.number,
    stage: stage.stage,
    phase: stage.phase,
    slot,
    scheduledAtMs: held.scheduledAtMs,
    requestAtMs: answer.requestAtMs,
    endAtMs: answer.endAtMs,
    outcome: answer.outcome,
    status: answer.status,
    detail: answer.detail,
    finishReason: reading.finishReason,
    headersMs: answer.headersAtMs === null ? null : answer.headersAtMs - answer.requestAtMs,
    ttftMs: metrics.ttftMs,
    ttfoMs: metrics.ttfoMs,
    tpotMs: timePerToken({ outputTokens, tpotMs: metrics.tpotMs, serverAnswerMs: reading.answerMs, eventsMs }),
    e2eMs: metrics.e2eMs,
    maxGapMs: metrics.maxGapMs,
    events: reading.eventCount,
    tokensPerEvent: metrics.tokensPerEvent,
    outputTokens,
    reasoningTokens,
    promptTokens: reading.promptTokens,
    cachedTokens: reading.cachedTokens,
    tokenSource,
    serverLoadMs: reading.loadMs,
    serverPromptMs: reading.promptMs,
    serverAnswerMs: reading.answerMs,
    serverTotalMs: reading.totalMs,
    isShort: answer.outcome === 'ok' && outputTokens < 0.9 * stage.askedTokens,
    isInWindow: false,
    isReload: (reading.loadMs ?? 0) > 500,
    nonce: held.order.nonce,
    eventsMs,
  }
}
