import { endOf, errorText, fields, isText, numberOrNull, type StreamReading } from './stream-reading'

const notDone = Buffer.from('"done":false}')
const textKeys = [Buffer.from('"response":"'), Buffer.from('"content":"')]
const thinkingKey = Buffer.from('"thinking":"')
const quote = 0x22

/** Reads one line of Ollama's native stream, from /api/generate or /api/chat. */
export function scanOllamaRecord(reading: StreamReading, bytes: Buffer, start: number, end: number, atMs: number) {
  if (isOrdinary(bytes, start, end)) return reading.addEvent(atMs, false)
  let record: Record<string, unknown>
  try {
    record = fields(JSON.parse(bytes.toString('utf8', start, end)))
  } catch {
    reading.isUnreadable ||= bytes.toString('utf8', start, end).trim() !== ''
    return
  }
  if (record.error !== undefined) {
    reading.error ??= errorText(record.error)
    return
  }
  const message = fields(record.message)
  const hasOutput = isText(record.response) || isText(message.content) || hasCalls(message.tool_calls)
  if (hasOutput) reading.addEvent(atMs, false)
  else if (isText(record.thinking) || isText(message.thinking)) reading.addEvent(atMs, true)
  if (record.done !== true) return
  reading.isDone = true
  reading.finishReason = isText(record.done_reason) ? record.done_reason : null
  reading.outputTokens = numberOrNull(record.eval_count)
  reading.promptTokens = numberOrNull(record.prompt_eval_count)
  reading.loadMs = milliseconds(record.load_duration)
  reading.promptMs = milliseconds(record.prompt_eval_duration)
  reading.answerMs = milliseconds(record.eval_duration)
  reading.totalMs = milliseconds(record.total_duration)
}

/** The line of a plain token: not the last one, with text that is not empty. Quotes within the text are escaped, so the marks cannot be part of it. */
function isOrdinary(bytes: Buffer, start: number, end: number): boolean {
  if (endOf(notDone, bytes, end - notDone.length, end) !== end) return false
  if (endOf(thinkingKey, bytes, start, end) >= 0) return false
  return textKeys.some((key) => {
    const at = endOf(key, bytes, start, end)
    return at >= 0 && bytes[at] !== quote
  })
}

const hasCalls = (calls: unknown) => Array.isArray(calls) && calls.length > 0

const milliseconds = (nanoseconds: unknown) => {
  const value = numberOrNull(nanoseconds)
  return value === null ? null : value / 1e6
}
