import type { IncomingMessage } from 'node:http'
import { Failure } from '../../shared/failure'
import { failureOfWords } from './failures'
import { pieces, send, type WireRequest } from './request'

const mostErrorBytes = 64 * 1024
const usualBytes = 64 * 2 ** 20
/** For the text of an error: its status is known already. */
const errorPatienceMs = 5000

/** Sends a request and gives its answer once the status is good; else it fails as the status and the body say. */
export async function open(request: WireRequest): Promise<IncomingMessage> {
  const answer = await send(request)
  if (isGood(answer)) return answer
  throw await failureIn(answer, request)
}

export const isGood = ({ statusCode = 0 }: IncomingMessage) => statusCode >= 200 && statusCode < 300

/** What an answer with a bad status means. A redirect is never followed: the key would go along. */
export async function failureIn(answer: IncomingMessage, { protocol, signal }: WireRequest): Promise<Failure> {
  const { statusCode = 0, headers } = answer
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    answer.destroy()
    return new Failure('redirected', headers.location)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of pieces(answer, () => errorPatienceMs, signal)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= mostErrorBytes) break
    }
  } catch (error) {
    if (signal?.aborted) throw error
  }
  const text = Buffer.concat(chunks).subarray(0, mostErrorBytes).toString('utf8')
  return failureOfWords(protocol ?? 'ollama', answer.statusCode ?? 0, text)
}

/** One JSON answer, of so many bytes at most; null where the body is empty. */
export async function askJson(request: WireRequest, mostBytes = usualBytes): Promise<unknown> {
  const answer = await open(request)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of pieces(answer, () => request.patience?.stallMs, request.signal)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > mostBytes) throw tooLarge(request)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    throw failed(request, text.slice(0, 500))
  }
}

const failed = ({ protocol }: WireRequest, detail: string) =>
  new Failure(protocol === 'openai' ? 'relayFailed' : 'ollamaFailed', detail)

const tooLarge = (request: WireRequest) =>
  request.protocol === 'openai' ? failed(request, 'the answer is too large') : new Failure('answerTooLarge')
