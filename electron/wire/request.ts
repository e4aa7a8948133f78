import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Failure } from '../../shared/failure'
import { failureOfLink } from './failures'
import type { Protocol } from './framing'
import type { Sockets } from './sockets'

/** How long is waited; without a limit for ever: loading a model is silent for minutes. */
export type Patience = {
  connectMs?: number | undefined
  /** From the request to the answer's headers. Many servers send them only with the first token. */
  headersMs?: number | undefined
  /** For the next bytes of a body. */
  stallMs?: number | undefined
}

export type WireRequest = {
  /** Where sockets come from and go back to; without it the request has one of its own. */
  sockets?: Sockets | undefined
  /** With a path where the server lies below one: that stays in front of `path`. */
  baseUrl: string
  path: string
  /** Sent as JSON with POST; without it the request is a GET. */
  body?: unknown
  method?: 'GET' | 'POST' | 'DELETE'
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  patience?: Patience
  /** In whose words errors are said; Ollama's where nothing else is known. */
  protocol?: Protocol
  /** The question has gone out whole: from then on it may have been read, and be paid for. */
  onSent?: (() => void) | undefined
  /** Status and headers are there, of whatever status. */
  onHeaders?: ((answer: IncomingMessage) => void) | undefined
}

const usualConnectMs = 15_000
const mostTries = 3

/** The address asked: the base URL's own path and query stay. */
export function addressOf(baseUrl: string, path: string): URL {
  const address = new URL(baseUrl)
  const asked = new URL(path, 'http://path')
  address.pathname = address.pathname.replace(/\/+$/, '') + asked.pathname
  for (const [name, value] of asked.searchParams) address.searchParams.append(name, value)
  address.hash = ''
  return address
}

/**
 * Sends a request and gives whatever answers, of any status, once its headers are there. Failures: `serverNotReady`
 * where nobody listens, `serverNotAnswering` after the time, `serverConnectionLost` where the link broke; the signal's
 * own reason when that was aborted, which closes the socket at once.
 */
export async function send(request: WireRequest): Promise<IncomingMessage> {
  for (let tries = 1; ; tries++) {
    try {
      return await sendOnce(request)
    } catch (error) {
      if (tries < mostTries && error instanceof StaleSocket) {
        await request.sockets?.endIdle(addressOf(request.baseUrl, request.path)) // a restart leaves several
        continue
      }
      throw failureOfLink(error instanceof StaleSocket ? error.cause : error, request.signal)
    }
  }
}

/** A kept socket that the server had closed, found out in a way that lets the request be sent again. */
class StaleSocket extends Error {}

async function sendOnce(request: WireRequest) {
  const { sockets, baseUrl, path, body, method, headers, signal, patience } = request
  signal?.throwIfAborted()
  const address = addressOf(baseUrl, path)
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const options = (await sockets?.optionsFor(address)) ?? { agent: false }
  signal?.throwIfAborted()
  const outgoing = (address.protocol === 'https:' ? httpsRequest : httpRequest)(address, {
    method: method ?? (payload === undefined ? 'GET' : 'POST'),
    ...options,
    headers: {
      ...headers,
      ...(payload === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) }),
    },
  })
  const sending = { isSent: false, onSent: request.onSent }
  try {
    const answer = await answerTo(outgoing, { payload, signal, patience, sending })
    request.onHeaders?.(answer)
    return answer
  } catch (error) {
    if (signal?.aborted && sending.isSent && outgoing.method === 'GET') sockets?.left.note(address.pathname)
    const isLost =
      outgoing.reusedSocket && ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')
    // Once sent, only what changes nothing may be sent again: a question may have been read, and be paid for.
    const mayRepeat = !sending.isSent || outgoing.method === 'GET'
    throw isLost && mayRepeat && !signal?.aborted ? new StaleSocket('', { cause: error }) : error
  }
}

type Sending = {
  payload: string | undefined
  signal: AbortSignal | undefined
  patience: Patience | undefined
  sending: { isSent: boolean; onSent: (() => void) | undefined }
}

function answerTo(outgoing: ClientRequest, { payload, signal, patience, sending }: Sending): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | null = null
    const give = (reason: unknown) => (answer ?? outgoing).destroy(reason as Error)
    const late = (what: string) => () => give(new Failure('serverNotAnswering', what))
    const leave = () => give(signal?.reason)
    signal?.addEventListener('abort', leave)
    const connected = after(patience?.connectMs ?? usualConnectMs, late('no connection in time'))
    const answered = after(patience?.headersMs, late('no answer in time'))
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected)
      else connected()
      const finish = () => {
        if (outgoing.destroyed) return
        sending.isSent = true
        outgoing.end(payload)
        sending.onSent?.()
      }
      // That a kept socket was closed meanwhile is heard only when the loop has turned once: nothing is lost by then.
      if (outgoing.reusedSocket) setImmediate(() => setImmediate(finish))
      else finish()
    })
    outgoing.on('response', (response) => {
      answer = response
      answered()
      response.on('error', () => {}) // whoever reads is told
      resolve(response)
    })
    outgoing.on('error', reject) // one after the answer is the answer's to tell
    outgoing.on('close', () => {
      connected()
      answered()
      signal?.removeEventListener('abort', leave)
    })
  })
}

/** Acts after a time, unless taken back. What came while this process was busy or asleep is heard first. */
function after(limitMs: number | undefined, act: () => void): () => void {
  if (limitMs === undefined) return () => {}
  let isOver = false
  const timer = setTimeout(() => setImmediate(() => isOver || act()), Math.max(0, limitMs))
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}

/**
 * The bytes of a body. `patienceMs` says how long each next piece may take, counted only while it is waited for: a slow
 * reader is no silent server. Left early, the body's socket is closed.
 */
export async function* pieces(
  answer: IncomingMessage,
  patienceMs: () => number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  const reading = answer[Symbol.asyncIterator]()
  try {
    for (;;) {
      const silence = () => answer.destroy(new Failure('serverNotAnswering', 'it fell silent'))
      const heard = after(patienceMs(), silence)
      const { done, value } = await reading.next().finally(heard)
      if (done) return
      yield value as Buffer
    }
  } catch (error) {
    throw failureOfLink(error, signal)
  } finally {
    if (!answer.readableEnded) answer.destroy() // else it has given its socket back
  }
}
