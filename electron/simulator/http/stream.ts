import type { ServerResponse } from 'node:http'

/** A reader that takes this little must be gone. */
const longestWaiting = 32 * 2 ** 20

/** A stream of JSON lines or of server-sent events; whole lines only, each sent at once. */
export class Stream {
  constructor(
    private readonly response: ServerResponse,
    private readonly type: 'application/x-ndjson' | 'text/event-stream',
    /** How this program writes JSON. */
    private readonly encode: (value: unknown) => string,
  ) {}

  get hasBegun(): boolean {
    return this.response.headersSent
  }

  line(value: unknown): void {
    this.#write(`${this.encode(value)}\n`)
  }

  event(value: unknown): void {
    this.#write(`data: ${typeof value === 'string' ? value : this.encode(value)}\n\n`)
  }

  end(): void {
    this.#begin()
    this.response.end()
  }

  /** Cuts the connection with nothing more said. */
  cut(): void {
    this.response.destroy()
  }

  #begin() {
    if (this.response.headersSent) return
    this.response.writeHead(200, { 'Content-Type': this.type })
    this.response.socket?.setNoDelay(true)
  }

  #write(text: string) {
    if (this.response.destroyed) return
    this.#begin()
    this.response.write(text)
    if (this.response.writableLength > longestWaiting) this.cut()
  }
}
