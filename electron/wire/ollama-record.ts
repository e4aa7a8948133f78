import { type AnswerRecord, emptyRecord, type ToolPiece, type Usage } from './answer-record'
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
  const isForeign = ['message', 'response', 'thinking', 'done', 'error'].every((field) => record[field] === undefined)
  if (isForeign) return { ...emptyRecord, isForeign }
  const error = errorIn(record.error)
  if (error !== undefined) return { ...said, error }
  if (record.done !== true) return said
  const reason = textOrNull(record.done_reason)
  return {
    ...said,
    // An empty request only loads the model, or lets it go; its record is no end of an answer.
    isDone: reason !== 'load' && reason !== 'unload',
    finishReason: reason,
    usage: usageIn(record),
    server: {
      loadMs: milliseconds(record.load_duration),
      promptMs: milliseconds(record.prompt_eval_duration),
      answerMs: milliseconds(record.eval_duration),
      totalMs: milliseconds(record.total_duration),
    },
  }
}

/**
 * What was read and written. Go leaves out a count of 0, and some versions that of a prompt that was wholly in the cache:
 * no prompt has no tokens, so 0 is unknown. Newer ones count the cached part in (ollama/ollama PR #17943).
 */
function usageIn(record: Record<string, unknown>): Usage | null {
  const [output, cached] = [countIn(record.eval_count), countIn(record.prompt_eval_cached_count)]
  const counted = countIn(record.prompt_eval_count) || null
  const input = counted !== null && cached !== null && cached > counted ? counted + cached : counted || cached || null
  if (output === null && input === null) return null
  return { input, cached, cacheWritten: null, output, reasoning: null }
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

const countIn = (value: unknown): number | null => {
  const count = numberOrNull(value)
  return count === null || count < 0 ? null : count
}

const nanosecondsPerMs = 1e6

function milliseconds(nanoseconds: unknown): number | null {
  const value = numberOrNull(nanoseconds)
  return value === null ? null : value / nanosecondsPerMs
}
