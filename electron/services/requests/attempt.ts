import type { IncomingHttpHeaders } from 'node:http'
import type { AnswerEvent, AnswerFailure } from '../../../shared/backends/answer-event'
import type { FailureCode } from '../../../shared/failure'
import { toldWait } from '../../../shared/requests/retry-after'
import { longestToldWaitMs } from '../../../shared/requests/retry-policy'
import { answerEvents } from '../../wire/answer'
import type { Protocol } from '../../wire/framing'
import { type Question, questionBody } from '../../wire/question'
import type { Sockets } from '../../wire/sockets'

/** Whom to ask, and how long to wait for it. */
export type AskedBackend = {
  protocol: Protocol
  chatUrl: string
  key: string | null
  headers: Record<string, string>
  sockets: Sockets
  connectTimeoutMs: number
  /** Bounds the headers too: relays send them only with the first chunk. */
  firstTokenTimeoutMs: number
  /** Of silence in what the model says, not in bytes. */
  stallTimeoutMs: number
}

/** What is known of an attempt beside its events. */
export type AttemptFacts = {
  status: number | null
  wasSent: boolean
  hasDelta: boolean
  toldWaitMs: number | null
  /** The connection itself broke, whatever had arrived. */
  isLinkBroken: boolean
}

/** What a link's own failure means for a backend that is not Corral's server: its stage tells which. */
function backendCode(code: FailureCode, detail: string | undefined, facts: AttemptFacts): FailureCode {
  switch (code) {
    case 'serverNotReady':
      return /ENOTFOUND|EAI_AGAIN/.test(detail ?? '') ? 'nameNotFound' : 'cannotConnect'
    case 'serverNotAnswering':
      if (facts.status === null && !facts.wasSent) return 'cannotConnect'
      return facts.hasDelta ? 'stalled' : 'firstTokenTimeout'
    case 'serverConnectionLost':
      return facts.wasSent ? 'relayFailed' : 'cannotConnect'
    case 'answerEndedEarly':
    case 'serverBusy':
    case 'ollamaFailed':
      return 'relayFailed'
    case 'modelNotFound':
      return 'unknownModel'
    case 'promptTooLong':
      return 'contextTooLong'
    default:
      return code
  }
}

const named = (failure: AnswerFailure, facts: AttemptFacts): AnswerFailure => ({
  ...failure,
  code: backendCode(failure.code, failure.detail, facts),
})

/** How long the headers of a refusal ask to wait; null: they say nothing that can be read. */
function toldWaitMs(headers: IncomingHttpHeaders): number | null {
  for (const name of ['retry-after-ms', 'retry-after']) {
    const value = headers[name]
    if (typeof value !== 'string') continue
    const { action, seconds } = toldWait(name, value, Date.now(), longestToldWaitMs / 1000)
    if (action !== 'ownBackoff' && seconds !== null) return seconds * 1000
  }
  return null
}

/** One POST and what comes of it, in batches; the facts are filled in as they become known. */
export async function* attempt(
  backend: AskedBackend,
  question: Question,
  facts: AttemptFacts,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent[], void, void> {
  const { protocol, chatUrl, key, sockets, connectTimeoutMs, firstTokenTimeoutMs, stallTimeoutMs } = backend
  const { origin, pathname, search } = new URL(chatUrl)
  const events = answerEvents({
    sockets,
    baseUrl: origin,
    path: pathname + search,
    protocol,
    body: questionBody(protocol, question),
    headers: {
      Accept: 'text/event-stream',
      ...backend.headers,
      ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
    },
    patience: { connectMs: connectTimeoutMs, headersMs: firstTokenTimeoutMs },
    silence: { firstMs: firstTokenTimeoutMs, nextMs: stallTimeoutMs },
    signal,
    onSent: () => {
      facts.wasSent = true
    },
    onHeaders: ({ statusCode = 0, headers }) => {
      facts.status = statusCode
      facts.toldWaitMs = toldWaitMs(headers)
    },
  })
  for await (const batch of events) {
    facts.hasDelta ||= batch.some(({ kind }) => kind === 'delta' || kind === 'tool')
    yield batch.map((event) => {
      if (event.kind !== 'end' || !event.failure) return event
      facts.isLinkBroken = event.failure.code === 'serverConnectionLost'
      return { ...event, failure: named(event.failure, facts) }
    })
  }
}
