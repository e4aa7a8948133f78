import type { AnswerEvent } from '../../shared/backends/answer-event'
import { isSameModel } from '../../shared/ollama/model-name'
import { within } from '../platform/time-limit'
import { type AnswerRequest, answerEvents } from './answer'
import { askJson } from './ask'
import { loadedModelsIn } from './loaded-models'

type ChatRequest = Omit<AnswerRequest, 'path' | 'protocol' | 'body'> & { body: { model: string } }

/**
 * Puts a question to /api/chat. Where nobody knows whether the model is in memory (`isLoaded` null), the server is asked
 * beside the question and not before it: its answer comes at once, while a load takes its time. Leaving ends it, also
 * in the middle of a load.
 */
export async function* ollamaChat(
  request: ChatRequest,
  isLoaded: boolean | null,
): AsyncGenerator<AnswerEvent[], void, void> {
  const leaving = new AbortController()
  const signal = AbortSignal.any([leaving.signal, ...(request.signal ? [request.signal] : [])])
  const looking = isLoaded === null ? looksLoaded({ ...request, signal }) : Promise.resolve(isLoaded)
  const answer = answerEvents({ ...request, signal, path: '/api/chat', protocol: 'ollama' })
  const first = answer.next()
  try {
    if (!(await Promise.race([first.then(() => true), looking]))) yield [{ kind: 'loading' }]
    const { value, done } = await first
    if (done) return
    yield value
    yield* answer
  } finally {
    leaving.abort() // a generator that waits for its first event cannot be told to return
    await answer.return()
  }
}

const patienceMs = 2000

/** Unknown counts as yes: a wait is then called a wait, not a load. */
async function looksLoaded({ body, sockets, baseUrl, headers, signal }: ChatRequest): Promise<boolean> {
  const about = { sockets, baseUrl, path: '/api/ps', ...(headers ? { headers } : {}) }
  try {
    const answer = await within(patienceMs, signal ?? new AbortController().signal, (limited) =>
      askJson({ ...about, signal: limited }),
    )
    return loadedModelsIn(answer).some(({ name }) => isSameModel(name, body.model))
  } catch {
    return true
  }
}
