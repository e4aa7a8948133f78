import { eventsIn, recordIn, recordOfEvent } from '../../wire/framing'
import { openaiRecord } from '../../wire/openai-record'
import { endOf, type StreamReading } from './stream-reading'

const data = Buffer.from('data:')
const contentKey = Buffer.from('"content":"')
const unfinished = Buffer.from('"finish_reason":null')
const usageKey = Buffer.from('"usage":{')
const errorKey = Buffer.from('"error":')
const newline = 0x0a
const quote = 0x22

/** Reads one server-sent event of an OpenAI-style chat stream. */
export function scanOpenai(
  reading: StreamReading,
  bytes: Buffer,
  start: number,
  end: number,
  atMs: number,
  mayBeHalf = false,
) {
  const lineEnd = bytes.indexOf(newline, start)
  const isOneLine = lineEnd < 0 || lineEnd >= end - 1
  if (isOneLine && !mayBeHalf && isOrdinary(bytes, start, end)) return reading.addEvent(atMs, false)
  const lines: string[] = []
  let event: string | undefined
  for (const line of bytes.toString('utf8', start, end).split(/\r?\n/)) {
    const [, name = line, value = ''] = /^\uFEFF?([a-z]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (name === 'data') lines.push(value)
    else if (name === 'event') event = value
    // Comments begin with the colon. What is no field at all may be an error in bare JSON.
    else if (!['', 'id', 'retry'].includes(name)) reading.take(recordIn(line, openaiRecord), atMs)
  }
  if (lines.length === 0) return
  for (const text of eventsIn(lines.join('\n')).map((one) => one.trim())) {
    // The end mark proves nothing: it follows answers that were cut as well.
    if (text !== '[DONE]') reading.take(recordOfEvent(text, event), atMs)
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
