import type { ServerResponse } from 'node:http'
import { jsonType, sendJson } from './json-replies'

const plainJson = 'application/json'

const typeOf = (status: number) =>
  status === 400 ? 'invalid_request_error' : status === 404 ? 'not_found_error' : 'api_error'

/** An error of the layer itself, as OpenAI's clients expect it: found before any handler was asked. */
export function sendOpenAiError(response: ServerResponse, status: number, message: string): void {
  const error = { message, type: typeOf(status), param: null, code: null }
  sendJson(response, status, { error }, jsonType)
}

/** An error that a handler behind the layer gave: the old version calls them all the same. */
export function sendHandlerError(response: ServerResponse, status: number, message: string, old: boolean): void {
  const error = { message, type: old ? 'api_error' : typeOf(status), param: null, code: null }
  sendJson(response, status, { error }, plainJson, '\n')
}

export const sendOpenAi = (response: ServerResponse, value: unknown) => sendJson(response, 200, value, plainJson, '\n')
