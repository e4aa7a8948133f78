import type { ServerDurations } from '../../../shared/backends/answer-event'
import type { TokenSource } from '../../../shared/measure/result'
import type { AnswerRecord, Usage } from '../../wire/answer-record'
import { wordsOf } from '../../wire/failures'

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

  /** Takes what a record says that is no plain token. */
  take(record: AnswerRecord | 'unreadable' | null, atMs: number): void {
    if (record === null) return
    if (record === 'unreadable') {
      this.isUnreadable = true
      return
    }
    if (record.error !== undefined) this.error ??= wordsOf(record.error).text
    const isOutput = record.text !== '' || record.tools.some(({ argumentsText }) => argumentsText !== '')
    if (isOutput || record.thinking !== '') this.addEvent(atMs, !isOutput)
    this.isDone ||= record.isDone
    this.finishReason = record.finishReason ?? this.finishReason
    if (record.usage) this.#takeUsage(record.usage)
    if (record.server) this.#takeDurations(record.server)
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

  /** The last usage counts: some servers repeat a growing one in each chunk. */
  #takeUsage({ output, input, cached, reasoning }: Usage) {
    this.outputTokens = output
    this.promptTokens = input
    this.cachedTokens = cached
    this.reasoningTokens = reasoning
  }

  #takeDurations({ loadMs, promptMs, answerMs, totalMs }: ServerDurations) {
    this.loadMs = loadMs
    this.promptMs = promptMs
    this.answerMs = answerMs
    this.totalMs = totalMs
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
