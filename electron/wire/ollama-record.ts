import { type AnswerRecord, emptyRecord, type ToolPiece } from './answer-record'
import { errorIn, fields, numberOrNull, textIn, textOrNull } from './fields'

/** What a line of Ollama's native stream says, from /api/chat or /api/generate. */
export function ollamaRecord(line: unknown): AnswerRecord {
  const record = fields(line)
  const message = fields(record.message)
  const said: AnswerRecord = {
    ...emptyRecord,
    text: textIn(record.response) + textIn(message.content),
    thinking: textIn(record.thinking) + textIn(message.thinking),
    tools: Array.isArray(message.tool_calls) ? message.tool_calls.map(toolPiece) : [],
  }
  const error = errorIn(record.error)
  if (error !== undefined) return { ...said, error }
  if (record.done !== true) return said
  const reason = textOrNull(record.done_reason)
  const [output, input] = [numberOrNull(record.eval_count), numberOrNull(record.prompt_eval_count)]
  return {
    ...said,
    // An empty request only loads the model; its record is no end of an answer.
    isDone: reason !== 'load',
    finishReason: reason,
    usage:
      output === null && input === null ? null : { input, cached: null, cacheWritten: null, output, reasoning: null },
    server: {
      loadMs: milliseconds(record.load_duration),
      promptMs: milliseconds(record.prompt_eval_duration),
      answerMs: milliseconds(record.eval_duration),
      totalMs: milliseconds(record.total_duration),
    },
  }
}

/** Calls come whole, their arguments as an object. */
function toolPiece(call: unknown): ToolPiece {
  const { id, function: called } = fields(call)
  const { index, name, arguments: given } = fields(called)
  return {
    index: numberOrNull(index),
    id: textOrNull(id),
    name: textOrNull(name),
    argumentsText: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
  }
}

const nanosecondsPerMs = 1e6

function milliseconds(nanoseconds: unknown): number | null {
  const value = numberOrNull(nanoseconds)
  return value === null ? null : value / nanosecondsPerMs
}
