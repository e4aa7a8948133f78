import type { AnswerEvent, AnswerOutcome } from '../../shared/backends/answer-event'
import type { FailureCode } from '../../shared/failure'
import { estimateTokens } from '../../shared/requests/token-estimate'
import type { Attempted } from '../services/requests/ask-backend'

type Usage = Omit<Extract<AnswerEvent, { kind: 'usage' }>, 'kind'>

/** What `ask --json` prints, in one line. A figure that is not known is null. */
export type AskReport = {
  schema: 'corral.ask/1'
  outcome: AnswerOutcome
  text: string
  thinking: string
  toolCalls: { id: string | null; name: string | null; arguments: string }[]
  usage: Usage
  finishReason: string | null
  figures: { firstTokenMs: number | null; durationMs: number | null; tokensPerSecond: number | null }
  /** `atMs` counts from the question. */
  attempts: Attempted[]
  failure: { code: FailureCode; happened: string; help: string; detail: string | null } | null
}

/** Gathers the events of one ask. */
export class AnswerReport {
  text = ''
  thinking = ''
  readonly attempts: Attempted[] = []
  #toolCalls: AskReport['toolCalls'] = []
  #usage: Usage | null = null
  #end: Extract<AnswerEvent, { kind: 'end' }> | null = null
  #firstMs: number | null = null
  #lastMs: number | null = null
  readonly #beganMs = performance.now()

  take(events: readonly AnswerEvent[]): void {
    const nowMs = performance.now() - this.#beganMs
    for (const event of events) {
      if (event.kind === 'delta' || event.kind === 'tool') {
        this.#firstMs ??= nowMs
        this.#lastMs = nowMs
      }
      if (event.kind === 'delta' && event.of === 'text') this.text += event.text
      else if (event.kind === 'delta') this.thinking += event.text
      else if (event.kind === 'tool') this.#takeCall(event)
      else if (event.kind === 'usage') this.#usage = event
      else if (event.kind === 'end') this.#end = event
    }
  }

  get outcome(): AnswerOutcome {
    return this.#end?.outcome ?? 'stopped'
  }

  get failure() {
    return this.#end?.failure ?? null
  }

  /** @param redact blots out what a server repeats of the key. @param prompt all that was asked, for an estimate where the server counted nothing */
  report(
    prompt: string,
    words: (code: FailureCode) => { what: string; todo: string },
    redact: (text: string) => string,
  ): AskReport {
    const { failure } = this
    const sentences = failure && words(failure.code)
    return {
      schema: 'corral.ask/1',
      outcome: this.outcome,
      text: this.text,
      thinking: this.thinking,
      toolCalls: this.#toolCalls,
      usage: this.#countedUsage(prompt),
      finishReason: this.#end?.finishReason ?? null,
      figures: this.#figures(),
      attempts: this.attempts,
      failure: failure &&
        sentences && {
          code: failure.code,
          happened: sentences.what,
          help: sentences.todo,
          detail: failure.detail === undefined ? null : redact(failure.detail),
        },
    }
  }

  #takeCall({ index, id, name, argumentsText }: Extract<AnswerEvent, { kind: 'tool' }>) {
    this.#toolCalls[index] ??= { id: null, name: null, arguments: '' }
    const call = this.#toolCalls[index]
    call.id ??= id
    call.name ??= name
    call.arguments += argumentsText
  }

  #countedUsage(prompt: string): Usage {
    if (this.#usage) {
      const { input, cached, cacheWritten, output, reasoning, source } = this.#usage
      return { input, cached, cacheWritten, output, reasoning, source }
    }
    const [asked, said] = [estimateTokens(prompt), estimateTokens(this.thinking + this.text)]
    const isSaid = this.#firstMs !== null
    return {
      input: isSaid ? asked.likely : null,
      cached: null,
      cacheWritten: null,
      output: isSaid ? said.likely : null,
      reasoning: null,
      source: 'estimated',
    }
  }

  #figures(): AskReport['figures'] {
    const [first, last, output] = [this.#firstMs, this.#lastMs, this.#usage?.output ?? null]
    const decodeMs = first === null || last === null ? 0 : last - first
    const isRateKnown = output !== null && output > 1 && decodeMs > 0
    return {
      firstTokenMs: first === null ? null : round(first),
      durationMs: this.#end ? round(performance.now() - this.#beganMs) : null,
      // Between the first token and the last there are n − 1 steps.
      tokensPerSecond: isRateKnown ? round(((output - 1) * 1000) / decodeMs) : null,
    }
  }
}

const round = (value: number) => Math.round(value * 10) / 10
