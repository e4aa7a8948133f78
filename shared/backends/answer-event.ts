import type { FailureCode } from '../failure'
import type { ModelRef } from './model-ref'

/** A failure as it is told along with an answer; `detail` is what the other side said. */
export type AnswerFailure = { code: FailureCode; detail?: string }

/** What the server that answered measured itself, ms; null where it did not say. */
export type ServerDurations = {
  loadMs: number | null
  /** Reading what was not in its cache. */
  promptMs: number | null
  /** From the first token on. */
  answerMs: number | null
  totalMs: number | null
}

/**
 * How an answer ended.
 * - `done`: a finish reason came (of Ollama: `done:true`, and not for a mere load); `length` and `content_filter` too.
 * - `failed`: the other side said an error, at any place and with any status; or it broke or fell silent before the
 *   first delta. What text came is kept.
 * - `cut`: it ended, broke or fell silent after the first delta, with neither reason nor error.
 * - `stopped`: we ended it.
 */
export type AnswerOutcome = 'done' | 'cut' | 'failed' | 'stopped'

/**
 * What happens while an answer is made, of whatever protocol. There is exactly one `end`, and it is the last event.
 * The wire makes `loading`, `delta`, `tool`, `usage` and `end`; the rest comes from whoever asks through it.
 */
export type AnswerEvent =
  /** In a queue of ours. */
  | { kind: 'waiting'; position: number; expectedMs: number | null }
  /** Sent to this model; the first is number 1. */
  | { kind: 'attempt'; number: number; model: ModelRef }
  /** Not asked, for a failure that is known already. */
  | { kind: 'passedOver'; model: ModelRef; failure: AnswerFailure }
  /** Will be tried again at that time of the clock. */
  | { kind: 'retry'; atMs: number; failure: AnswerFailure }
  /** The server brings the model into memory. */
  | { kind: 'loading' }
  /** Text to append. */
  | { kind: 'delta'; of: 'text' | 'thinking'; text: string }
  /** A piece of a tool call: `argumentsText` is to be appended to the call of that index; null: not in this piece. */
  | { kind: 'tool'; index: number; id: string | null; name: string | null; argumentsText: string }
  /** Tokens; `cached` and `cacheWritten` are part of `input`, `reasoning` of `output`. At most once, just before the end. */
  | {
      kind: 'usage'
      input: number | null
      cached: number | null
      cacheWritten: number | null
      output: number | null
      reasoning: number | null
      source: 'server' | 'estimated'
    }
  | {
      kind: 'end'
      outcome: AnswerOutcome
      finishReason: string | null
      failure: AnswerFailure | null
      server: ServerDurations | null
    }
