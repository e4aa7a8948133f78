import { closeSync, fstatSync, openSync, readSync, truncateSync, writeSync } from 'node:fs'
import { Lines } from '../../platform/lines'
import type { Redactor } from '../../platform/redactor'

const readBytes = 256 * 1024
const truncateAtBytes = 64 * 2 ** 20
/** More than a server says between two looks; what it said while nobody looked can be hundreds of megabytes. */
const readAtMostBytes = 4 * 2 ** 20
const longestLine = 2 ** 20

/**
 * Follows a file that a server writes to, line by line from its beginning, or from a place near its end when there is
 * too much. The server writes to files, not to us: it may outlive us, and a closed pipe would kill it.
 */
export class FollowedFile {
  #position = 0
  readonly #descriptor: number
  #lines = new Lines(longestLine)
  #isInTheMiddle = false // of a line
  readonly #buffer = Buffer.alloc(readBytes)

  constructor(
    readonly file: string,
    private readonly redactor: Pick<Redactor, 'blotOut' | 'longestBytes'>,
  ) {
    this.#descriptor = openSync(file, 'a+')
  }

  sizeBytes = 0

  /** Whether there was more to read at the last look. */
  isBehind = false

  /** The lines that have been written since the last look; with `isInParts` the next part of them. */
  read({ isInParts = false } = {}): string[] {
    const { size } = fstatSync(this.#descriptor)
    if (size < this.#position) this.#position = 0
    this.sizeBytes = size
    const beginning = size - this.#position > readAtMostBytes ? this.#skipTo(size - readAtMostBytes) : []
    const end = isInParts ? Math.min(size, this.#position + readBytes) : size
    const lines = this.#readUntil(end)
    if (this.#isInTheMiddle && lines.length > 0) {
      lines.shift()
      this.#isInTheMiddle = false
    }
    this.isBehind = end < size
    if (this.#position > truncateAtBytes && !this.isBehind) {
      // The server appends, so it goes on at the new end.
      truncateSync(this.file, 0)
      this.#position = 0
    }
    return beginning.concat(lines)
  }

  /** Too much: goes on at a place near the end. Gives the beginning of a file, where the server says how it is configured. */
  #skipTo(position: number): string[] {
    const beginning = this.#position === 0 ? this.#readUntil(readBytes) : []
    this.#position = position
    this.#lines = new Lines(longestLine)
    this.#isInTheMiddle = true
    return beginning
  }

  #readUntil(end: number): string[] {
    const lines: string[] = []
    const begin = this.#position
    while (this.#position < end) {
      const count = readSync(this.#descriptor, this.#buffer, 0, readBytes, this.#position)
      if (count === 0) break
      this.#position += count
      for (const line of this.#lines.take(this.#buffer.subarray(0, count))) lines.push(line)
    }
    this.#blotOut(begin, this.#position)
    return lines
  }

  /** A secret that a server has said is overwritten where it lies: the server appends, and does not notice. */
  #blotOut(begin: number, end: number) {
    const margin = this.redactor.longestBytes
    if (margin === 0) return
    for (let start = Math.max(0, begin - margin); start < end; start += readBytes) {
      const bytes = Buffer.alloc(Math.min(end - start, readBytes + margin))
      readSync(this.#descriptor, bytes, 0, bytes.length, start)
      if (!this.redactor.blotOut(bytes)) continue
      const writing = openSync(this.file, 'r+')
      writeSync(writing, bytes, 0, bytes.length, start)
      closeSync(writing)
    }
  }

  /** The last lines, one without an end among them. */
  close(): string[] {
    const lines = this.read()
    closeSync(this.#descriptor)
    const rest = this.#lines.rest()
    return rest === null ? lines : [...lines, rest]
  }
}
