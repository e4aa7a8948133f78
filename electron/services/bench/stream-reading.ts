import type { TokenSource } from '../../../shared/measure/result'

/** What a streamed answer has said so far; filled record by record, judged when the body has ended. */
export class StreamReading {
  eventCount = 0
  reasoningEvents = 0
  firstOutputMs: number | null = null
  isDone = false
  error: string | null = null
  isUnreadable = false
  finishReason: string | null = null
  outputTokens: number | null = null
  reasoningTokens: number | null = null
  promptTokens: number | null = null
  cachedTokens: number | null = null
  loadMs: number | null = null
  promptMs: number | null = null
  answerMs: number | null = null
  totalMs: number | null = null
  readonly #countedBy: TokenSource
  #eventsMs: Float64Array

  constructor(countedBy: TokenSource, expectedEvents: number) {
    this.#countedBy = countedBy
    this.#eventsMs = new Float64Array(expectedEvents + 16)
  }

  get tokenSource(): TokenSource {
    return this.outputTokens === null ? 'chunks' : this.#countedBy
  }

  get firstEventMs(): number | null {
    return this.eventCount > 0 ? (this.#eventsMs[0] ?? null) : null
  }

  /** The times so far, in a copy of their own that can be handed to another thread. */
  eventsMs(): Float64Array<ArrayBuffer> {
    return this.#eventsMs.slice(0, this.eventCount) as Float64Array<ArrayBuffer>
  }

  addEvent(atMs: number, isReasoning: boolean): void {
    if (this.eventCount === this.#eventsMs.length) {
      const larger = new Float64Array(this.#eventsMs.length * 2)
      larger.set(this.#eventsMs)
      this.#eventsMs = larger
    }
    this.#eventsMs[this.eventCount++] = atMs
    if (isReasoning) this.reasoningEvents++
    else this.firstOutputMs ??= atMs
  }
}

/** Whether `text` lies in the bytes from `start`, all of it before `end`; says where it ends, or -1. */
export function endOf(text: Uint8Array, bytes: Uint8Array, start: number, end: number): number {
  const first = text[0]
  const length = text.length
  for (let at = start; at <= end - length; at++) {
    if (bytes[at] !== first) continue
    let matched = 1
    while (matched < length && bytes[at + matched] === text[matched]) matched++
    if (matched === length) return at + length
  }
  return -1
}

/** An unknown value's fields, none when it is no object. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const numberOrNull = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)

/** An error as servers send it: text, or an object with a message. */
export function errorText(error: unknown): string {
  if (typeof error === 'string') return error
  const { message } = fields(error)
  return typeof message === 'string' ? message : JSON.stringify(error)
}
