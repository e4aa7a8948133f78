import type { ServerResponse } from 'node:http'
import { goJson } from '../ollama/manners/go-json'

export const jsonType = 'application/json; charset=utf-8'

/** Go's server names the length only of what fits its first buffer. */
const longestNamed = 2048

/** A reader that takes this little must be gone. */
const longestWaiting = 32 * 2 ** 20

/** JSON whole, as gin sends it; the OpenAI layer's encoder ends it with a line feed. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  type: string = jsonType,
  ending = '',
): void {
  const body = goJson(value) + ending
  const length = Buffer.byteLength(body)
  response.writeHead(status, {
    'Content-Type': type,
    ...(length <= longestNamed ? { 'Content-Length': length } : {}),
  })
  response.end(body)
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain',
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendNothing(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}

/** A stream of JSON lines or of server-sent events; whole lines only, each sent at once. */
export class Stream {
  constructor(
    private readonly response: ServerResponse,
    private readonly type: 'application/x-ndjson' | 'text/event-stream',
  ) {}

  get hasBegun(): boolean {
    return this.response.headersSent
  }

  line(value: unknown): void {
    this.#write(`${goJson(value)}\n`)
  }

  event(value: unknown): void {
    this.#write(`data: ${typeof value === 'string' ? value : goJson(value)}\n\n`)
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
