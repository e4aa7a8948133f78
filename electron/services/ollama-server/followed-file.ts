import { closeSync, fstatSync, openSync, readSync, truncateSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

const everyMs = 200
const readBytes = 256 * 1024
const truncateAtBytes = 64 * 2 ** 20

/**
 * Follows a file that a server writes to, line by line. The server writes to files, not to us: it may outlive us, and a
 * closed pipe would kill it.
 */
export class FollowedFile {
  #position: number
  readonly #descriptor: number
  #rest = ''
  #decoder = new StringDecoder('utf8')
  readonly #timer: NodeJS.Timeout
  readonly #buffer = Buffer.alloc(readBytes)

  constructor(
    private readonly file: string,
    private readonly onLines: (lines: string[]) => void,
    fromStart: boolean,
  ) {
    this.#descriptor = openSync(file, 'a+')
    this.#position = fromStart ? 0 : fstatSync(this.#descriptor).size
    this.readNow()
    this.#timer = setInterval(() => this.readNow(), everyMs)
  }

  /** Takes what has been written since, without waiting for the next round. */
  readNow(): void {
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
    if (lines.length > 0) this.onLines(lines)
    if (this.#position > truncateAtBytes) {
      // The server appends, so it goes on at the new end.
      truncateSync(this.file, 0)
      this.#position = 0
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.readNow()
    if (this.#rest !== '') this.onLines([this.#rest])
    closeSync(this.#descriptor)
  }
}
