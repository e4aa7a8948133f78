import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import type { Outcome } from '../../../shared/measure/result'
import type { Target } from './generator-messages'
import { judge, outcomeOfStatus } from './outcomes'
import type { StreamReading } from './stream-reading'
import { StreamScanner } from './stream-scanner'

const errorBodyLimitBytes = 8192

export type EndedAnswer = {
  outcome: Outcome
  detail: string | null
  requestAtMs: number
  endAtMs: number
  headersAtMs: number | null
  /** Of HTTP; null where no answer came. */
  status: number | null
  reading: StreamReading
}

/** One streamed request from its sending to its end; `onEnd` is called once, whatever happens. */
export class StreamRequest {
  readonly #scanner: StreamScanner
  #request: ClientRequest
  #requestAtMs: number
  #headersAtMs: number | null = null
  #status: number | null = null
  #lastReadMs: number | null = null
  #hasEnded = false
  #wasSentAgain = false
  #forgivenMs = 0

  constructor(
    private readonly target: Target,
    private readonly agent: Agent,
    private readonly body: string,
    expectedEvents: number,
    private readonly onEvents: (count: number, atMs: number) => void,
    private readonly onEnd: (answer: EndedAnswer) => void,
  ) {
    this.#scanner = new StreamScanner(target.protocol, expectedEvents)
    this.#requestAtMs = performance.now()
    this.#request = this.#send()
  }

  get requestAtMs() {
    return this.#requestAtMs
  }

  get reading() {
    return this.#scanner.reading
  }

  /** Ends it from our side. */
  end(outcome: 'cancelled' | 'timeout-first-token' | 'timeout-idle'): void {
    this.#finish(outcome, null)
    this.#request.destroy()
  }

  /** Time in which we could not have heard anything. */
  forgive(sleptMs: number): void {
    this.#forgivenMs += sleptMs
  }

  /** Ends it when nothing came for too long. */
  endIfLate(clockMs: number, firstTokenLimitMs: number, idleLimitMs: number): void {
    const nowMs = clockMs - this.#forgivenMs
    if (this.reading.eventCount === 0) {
      if (nowMs - this.#requestAtMs > firstTokenLimitMs) this.end('timeout-first-token')
    } else if (nowMs - (this.#lastReadMs ?? this.#requestAtMs) > idleLimitMs) this.end('timeout-idle')
  }

  #send(): ClientRequest {
    const { host, port, path } = this.target
    const request = httpRequest({
      host,
      port,
      path,
      method: 'POST',
      agent: this.agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(this.body) },
    })
    request.setNoDelay(true)
    request.on('response', (response) => this.#receive(response))
    request.on('error', (error: NodeJS.ErrnoException) => this.#lose(request, error))
    request.end(this.body)
    return request
  }

  #receive(response: IncomingMessage) {
    this.#headersAtMs = performance.now()
    this.#status = response.statusCode ?? null
    if (response.statusCode !== 200) return this.#receiveError(response)
    const scanner = this.#scanner
    const { reading } = scanner
    response.on('data', (chunk: Buffer) => {
      const atMs = performance.now()
      this.#lastReadMs = atMs
      this.#forgivenMs = 0
      const before = reading.eventCount
      scanner.push(chunk, atMs - this.#requestAtMs)
      if (reading.eventCount > before) this.onEvents(reading.eventCount - before, atMs)
    })
    response.on('end', () => {
      scanner.end(performance.now() - this.#requestAtMs)
      this.#finish(judge(reading), reading.error)
    })
    response.on('error', (error) =>
      this.#finish(reading.error === null ? 'truncated' : 'stream-error', reading.error ?? error.message),
    )
  }

  #receiveError(response: IncomingMessage) {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => {
      if (text.length < errorBodyLimitBytes) text += chunk
    })
    const finish = () => this.#finish(outcomeOfStatus(response.statusCode ?? 0, text), text.trim().slice(0, 500))
    response.on('end', finish)
    response.on('error', finish)
  }

  /** A kept socket that the server closed while it lay idle is no failure of the server: sent again, once. */
  #lose(request: ClientRequest, error: NodeJS.ErrnoException) {
    if (this.#hasEnded) return
    if (request.reusedSocket && this.#headersAtMs === null && !this.#wasSentAgain && error.code === 'ECONNRESET') {
      this.#wasSentAgain = true
      this.#requestAtMs = performance.now()
      this.#request = this.#send()
      return
    }
    this.#finish(this.#headersAtMs === null ? 'connect' : 'truncated', error.message)
  }

  #finish(outcome: Outcome, detail: string | null) {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.onEnd({
      outcome,
      detail,
      requestAtMs: this.#requestAtMs,
      endAtMs: performance.now(),
      headersAtMs: this.#headersAtMs,
      status: this.#status,
      reading: this.reading,
    })
  }
}
