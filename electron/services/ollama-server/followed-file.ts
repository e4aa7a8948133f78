import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const readBytes = 256 * 1024
const truncateAtBytes = 64 * 2 ** 20

/**
 * Follows a file that a server writes to, line by line from its beginning. The server writes to files, not to us: it may
 * outlive us, and a closed pipe would kill it.
 */
export class FollowedFile {
  #position = 0
  readonly #descriptor: number
  #rest = ''
  #decoder = new StringDecoder('utf8')
  readonly #buffer = Buffer.alloc(readBytes)

  constructor(private readonly file: string) {
    this.#descriptor = openSync(file, 'a+')
  }

  /** The lines that have been written since the last look. */
  read(): string[] {
    const { size } = fstatSync(this.#descriptor)
    if (size < this.#position) this.#position = 0
    const lines: string[] = []
    while (this.#position < size) {
      const count = readSync(this.#descriptor, this.#buffer, 0, readBytes, this.#position)
      if (count === 0) break
      this.#position += count
      const pieces = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, count))).split(/\r?\n/)
      this.#rest = pieces.pop() ?? ''
      lines.push(...pieces)
    }
    if (this.#position > truncateAtBytes) {
      // The server appends, so it goes on at the new end.
      truncateSync(this.file, 0)
      this.#position = 0
    }
    return lines
  }

  /** The last lines, one without an end among them. */
  close(): string[] {
    const lines = this.read()
    closeSync(this.#descriptor)
    return this.#rest === '' ? lines : [...lines, this.#rest]
  }
}
