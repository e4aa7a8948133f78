import type { ServerResponse } from 'node:http'
import { Stream } from '../../http/stream'
import { goJson } from '../manners/go-json'

/** As gin says it. */
export const jsonType = 'application/json; charset=utf-8'

/** Go's server names the length only of what fits its first buffer. */
const longestNamed = 2048

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

export const lineStream = (response: ServerResponse) => new Stream(response, 'application/x-ndjson', goJson)

export const eventStream = (response: ServerResponse) => new Stream(response, 'text/event-stream', goJson)
