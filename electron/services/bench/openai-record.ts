import { endOf, errorText, fields, isText, numberOrNull, type StreamReading } from './stream-reading'

const data = Buffer.from('data:')
const contentKey = Buffer.from('"content":"')
const unfinished = Buffer.from('"finish_reason":null')
const usageKey = Buffer.from('"usage":{')
const errorKey = Buffer.from('"error":')
const newline = 0x0a
const quote = 0x22

/** Reads one server-sent event of an OpenAI-style chat stream. */
export function scanOpenaiRecord(reading: StreamReading, bytes: Buffer, start: number, end: number, atMs: number) {
  const lineEnd = bytes.indexOf(newline, start)
  const isOneLine = lineEnd < 0 || lineEnd >= end - 1
  if (isOneLine && isOrdinary(bytes, start, end)) return reading.addEvent(atMs, false)
  const text = bytes
    .toString('utf8', start, end)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(data.length).trim())
    .join('\n')
  if (text === '') return
  if (text === '[DONE]') {
    reading.isDone = true
    return
  }
  try {
    readChunk(reading, fields(JSON.parse(text)), atMs)
  } catch {
    reading.isUnreadable = true
  }
}

/** A chunk of plain text in the middle of an answer, in the spelling that nearly all servers use. */
function isOrdinary(bytes: Buffer, start: number, end: number): boolean {
  const from = endOf(data, bytes, start, Math.min(end, start + data.length))
  if (from < 0) return false
  const content = endOf(contentKey, bytes, from, end)
  return (
    content >= 0 &&
    bytes[content] !== quote &&
    endOf(unfinished, bytes, from, end) >= 0 &&
    endOf(usageKey, bytes, from, end) < 0 &&
    endOf(errorKey, bytes, from, end) < 0
  )
}

function readChunk(reading: StreamReading, chunk: Record<string, unknown>, atMs: number) {
  if (chunk.error !== undefined && chunk.error !== null) {
    reading.error ??= errorText(chunk.error)
    return
  }
  const choice = fields(Array.isArray(chunk.choices) ? chunk.choices[0] : undefined)
  const delta = fields(choice.delta)
  if (isText(delta.content) || callsATool(delta.tool_calls)) reading.addEvent(atMs, false)
  else if (isText(delta.reasoning) || isText(delta.reasoning_content)) reading.addEvent(atMs, true)
  if (isText(choice.finish_reason)) reading.finishReason = choice.finish_reason
  // The last usage counts: some servers repeat a growing one in each chunk.
  const usage = fields(chunk.usage)
  if (numberOrNull(usage.completion_tokens) === null) return
  reading.outputTokens = numberOrNull(usage.completion_tokens)
  reading.promptTokens = numberOrNull(usage.prompt_tokens)
  reading.cachedTokens = numberOrNull(fields(usage.prompt_tokens_details).cached_tokens)
  reading.reasoningTokens = numberOrNull(fields(usage.completion_tokens_details).reasoning_tokens)
}

const callsATool = (calls: unknown) =>
  Array.isArray(calls) && calls.some((call) => isText(fields(fields(call).function).arguments))
