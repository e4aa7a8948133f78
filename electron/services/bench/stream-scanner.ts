import type { Protocol } from '../../wire/framing'
import { scanOllama } from './scan-ollama'
import { scanOpenai } from './scan-openai'
import { StreamReading } from './stream-reading'

const newline = 0x0a
const carriageReturn = 0x0d

/**
 * Cuts a streamed answer into records as its bytes arrive: lines of NDJSON, or server-sent events, which end at a
 * blank line. Works on bytes with a cursor, so that nothing is copied or decoded for an ordinary event.
 */
export class StreamScanner {
  readonly reading: StreamReading
  readonly #scan: typeof scanOpenai
  readonly #endsAtBlankLine: boolean
  #carry = Buffer.allocUnsafe(4096)
  #carried = 0

  constructor(protocol: Protocol, expectedEvents: number) {
    this.reading = new StreamReading(protocol === 'ollama' ? 'eval_count' : 'usage', expectedEvents)
    this.#scan = protocol === 'ollama' ? scanOllama : scanOpenai
    this.#endsAtBlankLine = protocol === 'openai'
  }

  /** Takes what one read brought; every record that it completes gets the read's time. */
  push(chunk: Buffer, atMs: number): void {
    if (this.#carried === 0) {
      const rest = this.#records(chunk, chunk.length, 0, atMs)
      if (rest < chunk.length) this.#append(chunk, rest)
      return
    }
    const searchFrom = this.#carried
    this.#append(chunk, 0)
    const length = this.#carried
    this.#carried = 0
    const bytes = this.#carry
    const rest = this.#records(bytes, length, searchFrom, atMs)
    bytes.copyWithin(0, rest, length)
    this.#carried = length - rest
  }

  /** The body has ended: a last record without its end mark counts when it is whole; half of one is a cut, no nonsense. */
  end(atMs: number): StreamReading {
    const wasUnreadable = this.reading.isUnreadable
    if (this.#carried > 0) this.#scan(this.reading, this.#carry, 0, this.#carried, atMs, true)
    this.reading.isUnreadable = wasUnreadable
    this.#carried = 0
    return this.reading
  }

  /** Scans all whole records and says where the unfinished one begins. New bytes begin at `searchFrom`. */
  #records(bytes: Buffer, length: number, searchFrom: number, atMs: number): number {
    let start = 0
    let lineStart = searchFrom
    if (searchFrom > 0) lineStart = this.#endsAtBlankLine ? lastLineStart(bytes, searchFrom) : 0
    for (let at = searchFrom; ; ) {
      const end = bytes.indexOf(newline, at)
      if (end < 0 || end >= length) return start
      if (!this.#endsAtBlankLine) {
        if (end > start) this.#scan(this.reading, bytes, start, end, atMs)
        start = end + 1
      } else if (end === lineStart || (end === lineStart + 1 && bytes[lineStart] === carriageReturn)) {
        if (lineStart > start) this.#scan(this.reading, bytes, start, lineStart, atMs)
        start = end + 1
      }
      lineStart = end + 1
      at = end + 1
    }
  }

  #append(chunk: Buffer, from: number) {
    const needed = this.#carried + chunk.length - from
    if (needed > this.#carry.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#carry.length * 2))
      this.#carry.copy(larger, 0, 0, this.#carried)
      this.#carry = larger
    }
    chunk.copy(this.#carry, this.#carried, from)
    this.#carried = needed
  }
}

function lastLineStart(bytes: Buffer, before: number): number {
  return bytes.lastIndexOf(newline, before - 1) + 1
}
