import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { addAbortSignal } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import { Failure } from '../../shared/failure'
import { failureOf } from './failure-of'
import { type OllamaRecord, readRecords } from './records'

export type OllamaRequest = {
  baseUrl: string
  path: string
  /** Sent as JSON with POST; without it the request is a GET. */
  body?: unknown
  signal?: AbortSignal
  method?: 'GET' | 'POST' | 'DELETE'
}

/**
 * Sends a request and gives its answer once the status is good. Nothing times out here: loading a model is silent for
 * minutes; a caller that will not wait passes `AbortSignal.timeout`. Failures: `serverNotReady` where nobody listens,
 * `serverNotAnswering` after that time, `serverConnectionLost` where the link broke, Ollama's own.
 */
async function open({ baseUrl, path, body, signal, method }: OllamaRequest): Promise<IncomingMessage> {
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const outgoing = httpRequest(new URL(path, baseUrl), {
    method: method ?? (payload === undefined ? 'GET' : 'POST'),
    agent: false,
    ...(signal ? { signal } : {}),
    ...(payload === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) } }),
  })
  outgoing.on('error', () => {}) // one after the response is the response's to tell
  outgoing.end(payload)
  const [response] = (await once(outgoing, 'response').catch((error: unknown) => {
    throw connectionFailure(error, signal)
  })) as [IncomingMessage]
  const status = response.statusCode ?? 0
  if (signal) addAbortSignal(signal, response) // the request's own signal need not reach an answer that has begun
  if (status >= 200 && status < 300) return response
  throw failureOf(status, await readText(response).catch(() => ''))
}

/** The records of a stream as they arrive, in batches; a record with `error` ends it as the failure it means. */
export async function* streamRecords(request: OllamaRequest): AsyncGenerator<OllamaRecord[], void, void> {
  const response = await open(request)
  try {
    for await (const records of readRecords(response)) {
      const failed = records.findIndex((record) => typeof record.error === 'string')
      if (failed === -1) yield records
      else {
        if (failed > 0) yield records.slice(0, failed)
        throw failureOf(response.statusCode ?? 0, String(records[failed]?.error))
      }
    }
  } catch (error) {
    throw connectionFailure(error, request.signal)
  } finally {
    response.destroy()
  }
}

/** One JSON answer. */
export async function askJson(request: OllamaRequest): Promise<unknown> {
  const response = await open(request)
  const text = await readText(response).catch((error: unknown) => {
    throw connectionFailure(error, request.signal)
  })
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    throw new Failure('ollamaFailed', text.slice(0, 500))
  }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

function connectionFailure(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  // Whoever leaves in the middle of an answer is told by Node of a broken link.
  if (signal?.aborted) return isTimeout(signal.reason) ? new Failure('serverNotAnswering') : signal.reason
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) {
    return new Failure('serverNotReady', error.message)
  }
  if (['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED'].includes(code) || code.startsWith('HPE_')) {
    return new Failure('serverConnectionLost', error.message)
  }
  return error
}
