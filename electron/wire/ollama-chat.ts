import type { AnswerEvent } from '../../shared/backends/answer-event'
import { isSameModel } from '../../shared/ollama/model-name'
import { within } from '../platform/time-limit'
import { type AnswerRequest, answerEvents } from './answer'
import { askJson } from './ask'
import { loadedModelsIn } from './loaded-models'

type ChatRequest = Omit<AnswerRequest, 'path' | 'protocol' | 'body'> & { body: { model: string } }

/**
 * Puts a question to /api/chat. Where nobody knows whether the model is in memory (`isLoaded` null), the server is asked
 * beside the question and not before it: its answer comes at once, while a load takes its time.
 */
export async function* ollamaChat(
  request: ChatRequest,
  isLoaded: boolean | null,
): AsyncGenerator<AnswerEvent[], void, void> {
  const looking = isLoaded === null ? looksLoaded(request) : Promise.resolve(isLoaded)
  const answer = answerEvents({ ...request, path: '/api/chat', protocol: 'ollama' })
  const first = answer.next()
  if (!(await Promise.race([first.then(() => true), looking]))) yield [{ kind: 'loading' }]
  const { value, done } = await first
  if (done) return
  yield value
  yield* answer
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
