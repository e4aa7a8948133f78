import type { AnswerEvent, AnswerFailure, AnswerOutcome, ServerDurations } from '../../shared/backends/answer-event'
import type { Failure } from '../../shared/failure'
import type { AnswerRecord, Usage } from './answer-record'
import { failureOfWords } from './failures'
import { type Framed, type Framing, framingOf, type Protocol } from './framing'

/** How a body ended: by itself, by a broken or silent link, or by us. */
export type BodyEnd = { by: 'itself' } | { by: 'link'; failure: Failure } | { by: 'us' }

/** Makes events of a streamed answer's bytes; the rules of its end are those of `AnswerOutcome`. */
export class AnswerReader {
  readonly #framing: Framing
  #hasDelta = false
  #isDone = false
  #hasEndMark = false
  #finishReason: string | null = null
  #usage: Usage | null = null
  #server: ServerDurations | null = null
  #error: AnswerFailure | null = null
  #unreadable: string | null = null
  #isForeign = false
  #nextTool = 0
  #hasEnded = false

  constructor(private readonly protocol: Protocol) {
    this.#framing = framingOf(protocol)
  }

  get hasDelta(): boolean {
    return this.#hasDelta
  }

  /** What may still come: `little` is the token count after a finish reason, `nothing` follows an end mark or an error. */
  get awaits(): 'all' | 'little' | 'nothing' {
    if (this.#hasEndMark || this.#error !== null || this.#isMereLoad) return 'nothing'
    if (!this.#isDone) return 'all'
    return this.protocol === 'ollama' ? 'nothing' : 'little'
  }

  /** The events of each record that these bytes complete. */
  take(bytes: Uint8Array): AnswerEvent[][] {
    return this.#framing.take(bytes).map((framed) => this.#read(framed))
  }

  /** The last events: those of a last record without its end, what is known of the tokens, the end. */
  end(body: BodyEnd): AnswerEvent[] {
    if (this.#hasEnded) return []
    this.#hasEnded = true
    const last = body.by === 'itself' ? this.#framing.end().flatMap((framed) => this.#read(framed)) : []
    const { outcome, failure } = this.#judge(body)
    return [
      ...last,
      ...(this.#usage ? [{ kind: 'usage' as const, ...this.#usage, source: 'server' as const }] : []),
      { kind: 'end', outcome, failure, finishReason: this.#finishReason, server: this.#server },
    ]
  }

  #read(framed: Framed): AnswerEvent[] {
    if (framed === 'end-mark') this.#hasEndMark = true
    else if ('unreadable' in framed) this.#unreadable ??= framed.unreadable.slice(0, 500)
    else return this.#take(framed.record)
    return []
  }

  #take(record: AnswerRecord): AnswerEvent[] {
    if (record.error !== undefined) this.#error ??= failureOfWords(this.protocol, null, record.error).report(asItIs)
    if (record.isDone) this.#isDone = true
    this.#isForeign ||= record.isForeign
    this.#finishReason = record.finishReason ?? this.#finishReason
    // The last counts: some servers repeat a growing one in each chunk.
    this.#usage = record.usage ?? this.#usage
    this.#server = record.server ?? this.#server
    const events: AnswerEvent[] = []
    if (record.thinking !== '') events.push({ kind: 'delta', of: 'thinking', text: record.thinking })
    if (record.text !== '') events.push({ kind: 'delta', of: 'text', text: record.text })
    for (const { index, ...piece } of record.tools) {
      const place = index ?? this.#nextTool
      this.#nextTool = Math.max(this.#nextTool, place + 1)
      events.push({ kind: 'tool', index: place, ...piece })
    }
    this.#hasDelta ||= events.length > 0
    return events
  }

  /** Ollama only brought the model into memory, or let it go. */
  get #isMereLoad(): boolean {
    if (this.protocol !== 'ollama' || this.#hasDelta || this.#isDone) return false
    return this.#finishReason === 'load' || this.#finishReason === 'unload'
  }

  #judge(body: BodyEnd): { outcome: AnswerOutcome; failure: AnswerFailure | null } {
    if (this.#error) return { outcome: 'failed', failure: this.#error }
    const words = (text: string) => failureOfWords(this.protocol, null, text).report(asItIs)
    if (this.#finishReason === 'error') return { outcome: 'failed', failure: words('finish_reason: error') }
    if (this.#isMereLoad) return { outcome: 'failed', failure: { code: 'modelOnlyLoaded' } }
    if (this.#isDone) return { outcome: 'done', failure: null }
    if (body.by === 'us') return { outcome: 'stopped', failure: null }
    const failure = body.by === 'link' ? body.failure.report(asItIs) : { code: 'answerEndedEarly' as const }
    if (this.#hasDelta) return { outcome: 'cut', failure } // nonsense after words says no error
    const said = body.by === 'itself' ? this.#unreadable : null
    if (said !== null) return { outcome: 'failed', failure: words(said) }
    return { outcome: 'failed', failure: this.#isForeign ? { code: 'notThisProtocol' } : failure }
  }
}

/** Whoever keeps or shows a failure blots out what is secret in it. */
const asItIs = (text: string) => text
