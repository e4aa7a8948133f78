import type { ServerDurations } from '../../shared/backends/answer-event'

/** A piece of a tool call; `index` is null where each call comes whole and counts as the next. */
export type ToolPiece = { index: number | null; id: string | null; name: string | null; argumentsText: string }

/** Tokens as the server counts them. */
export type Usage = {
  input: number | null
  cached: number | null
  cacheWritten: number | null
  output: number | null
  reasoning: number | null
}

/** What one record of a streamed answer says, whatever its protocol. */
export type AnswerRecord = {
  /** As it came: text or an object; undefined where there is none. */
  error: unknown
  text: string
  thinking: string
  tools: ToolPiece[]
  /** The other side said that the answer is whole. */
  isDone: boolean
  finishReason: string | null
  usage: Usage | null
  server: ServerDurations | null
  /** It holds nothing that this protocol says: the other side speaks another one. */
  isForeign: boolean
}

export const emptyRecord: AnswerRecord = {
  error: undefined,
  text: '',
  thinking: '',
  tools: [],
  isDone: false,
  finishReason: null,
  usage: null,
  server: null,
  isForeign: false,
}
