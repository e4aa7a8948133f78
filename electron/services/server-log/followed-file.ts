import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import { Lines } from '../../platform/lines'

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
  readonly #buffer = Buffer.alloc(readBytes)

  constructor(private readonly file: string) {
    this.#descriptor = openSync(file, 'a+')
  }

  /** The lines that have been written since the last look. */
  read(): string[] {
    const { size } = fstatSync(this.#descriptor)
    if (size < this.#position) this.#position = 0
    const lines = size - this.#position > readAtMostBytes ? this.#readEnd(size) : this.#readUntil(size)
    if (this.#position > truncateAtBytes) {
      // The server appends, so it goes on at the new end.
      truncateSync(this.file, 0)
      this.#position = 0
    }
    return lines
  }

  /** Too much: the end of it, and of a whole file the beginning too, where the server says how it is configured. */
  #readEnd(size: number): string[] {
    const beginning = this.#position === 0 ? this.#readUntil(readBytes) : []
    this.#position = size - readAtMostBytes
    this.#lines = new Lines(longestLine)
    const [, ...end] = this.#readUntil(size) // the first began somewhere in the middle
    return beginning.concat(end)
  }

  #readUntil(end: number): string[] {
    const lines: string[] = []
    while (this.#position < end) {
      const count = readSync(this.#descriptor, this.#buffer, 0, readBytes, this.#position)
      if (count === 0) break
      this.#position += count
      for (const line of this.#lines.take(this.#buffer.subarray(0, count))) lines.push(line)
    }
    return lines
  }

  /** The last lines, one without an end among them. */
  close(): string[] {
    const lines = this.read()
    closeSync(this.#descriptor)
    const rest = this.#lines.rest()
    return rest === null ? lines : [...lines, rest]
  }
}
