import type { IncomingMessage, ServerResponse } from 'node:http'

/** JSON whole, as Go's gin sends it. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  type = 'application/json; charset=utf-8',
): void {
  const body = JSON.stringify(value)
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendNothing(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}

/** A stream of JSON lines or of server-sent events; whole lines only, each sent at once. */
export function openStream(response: ServerResponse, type: 'application/x-ndjson' | 'text/event-stream') {
  const begin = () => {
    if (response.headersSent) return
    response.writeHead(200, { 'Content-Type': type })
    response.socket?.setNoDelay(true)
  }
  return {
    line(value: unknown) {
      begin()
      response.write(`${JSON.stringify(value)}\n`)
    },
    event(value: unknown) {
      begin()
      response.write(`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`)
    },
    end() {
      begin()
      response.end()
    },
    /** Cuts the connection with nothing more said. */
    cut() {
      response.destroy()
    },
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}

/** A time as Go's JSON writes it, to the nanosecond. */
export function goTime(atMs: number = Date.now()): string {
  const nanoseconds = String(Math.floor((performance.now() * 1e6) % 1e6)).padStart(6, '0')
  return new Date(atMs).toISOString().replace('Z', `${nanoseconds}Z`)
}

export const nanoseconds = (durationMs: number) => Math.round(durationMs * 1e6)
