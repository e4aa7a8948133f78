import { recordIn } from '../../wire/framing'
import { ollamaRecord } from '../../wire/ollama-record'
import { endOf, type StreamReading } from './stream-reading'

const notDone = Buffer.from('"done":false}')
const textKeys = [Buffer.from('"response":"'), Buffer.from('"content":"')]
const thinkingKey = Buffer.from('"thinking":"')
const errorKey = Buffer.from('"error":')
const quote = 0x22

/** Reads one line of Ollama's native stream, from /api/generate or /api/chat. */
export function scanOllama(reading: StreamReading, bytes: Buffer, start: number, end: number, atMs: number) {
  if (isOrdinary(bytes, start, end)) reading.addEvent(atMs, false)
  else reading.take(recordIn(bytes.toString('utf8', start, end), ollamaRecord), atMs)
}

/** The line of a plain token: not the last one, with text that is not empty. Quotes within the text are escaped, so the marks cannot be part of it. */
function isOrdinary(bytes: Buffer, start: number, end: number): boolean {
  if (endOf(notDone, bytes, end - notDone.length, end) !== end) return false
  if (endOf(thinkingKey, bytes, start, end) >= 0 || endOf(errorKey, bytes, start, end) >= 0) return false
  return textKeys.some((key) => {
    const at = endOf(key, bytes, start, end)
    return at >= 0 && bytes[at] !== quote
  })
}
