import type { AnswerEvent } from '../../shared/backends/answer-event'
import { Failure } from '../../shared/failure'
import { AnswerReader, type BodyEnd } from './answer-reader'
import { failureIn, isGood } from './ask'
import { isTimeout } from './failures'
import type { Protocol } from './framing'
import { pieces, send, type WireRequest } from './request'

export type AnswerRequest = WireRequest & {
  protocol: Protocol
  /** Silence is counted in what the model says: comments and pings keep a link alive for ever. Without limits: for ever. */
  silence?: { firstMs?: number; nextMs?: number }
}

/** What follows a finish reason: the count of tokens. Some servers never close what they have ended. */
const littleMs = 2000
const nothingMs = 1000

/**
 * Asks for a streamed answer and tells what comes of it, in the batches in which it arrives; the last event is its one
 * `end`, whatever happens. Never rejects for what a server or the link may do. The signal stops it; so does leaving.
 */
export async function* answerEvents(request: AnswerRequest): AsyncGenerator<AnswerEvent[], void, void> {
  const reader = new AnswerReader(request.protocol)
  let end: BodyEnd = { by: 'itself' }
  try {
    yield* read(reader, request)
  } catch (error) {
    end = endBy(error, request)
  }
  yield reader.end(end)
}

async function* read(reader: AnswerReader, request: AnswerRequest) {
  const { silence, patience, signal } = request
  let heardAtMs = performance.now()
  const answer = await send({ ...request, patience: { headersMs: silence?.firstMs, ...patience } })
  if (!isGood(answer)) throw await failureIn(answer, request)
  const waitMs = () => {
    if (reader.awaits !== 'all') return reader.awaits === 'little' ? littleMs : nothingMs
    const limitMs = reader.hasDelta ? silence?.nextMs : silence?.firstMs
    const leftMs = limitMs === undefined ? undefined : limitMs - (performance.now() - heardAtMs)
    return leftMs === undefined || patience?.stallMs === undefined
      ? (leftMs ?? patience?.stallMs)
      : Math.min(leftMs, patience.stallMs)
  }
  for await (const bytes of pieces(answer, waitMs, signal)) {
    const events = reader.take(bytes).flat()
    if (events.length === 0) continue
    yield events
    heardAtMs = performance.now()
  }
}

function endBy(error: unknown, { signal, protocol }: AnswerRequest): BodyEnd {
  if (signal?.aborted && !isTimeout(signal.reason)) return { by: 'us' }
  return { by: 'link', failure: Failure.from(error, protocol === 'openai' ? 'relayFailed' : 'ollamaFailed') }
}
