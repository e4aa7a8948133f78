import { Failure, type FailureCode } from '../../shared/failure'
import { type KnownLine, says, saysOneOf } from '../../shared/ollama/known-lines'

const isOutOfMemory = saysOneOf('memory-short', 'memory-full', 'card-refuses-memory')
const isNotLoaded = saysOneOf('runner-ended-at-start', 'weights-not-loaded', 'model-unsupported', 'runner-missing')

/** Why a model did not load: the first row that holds, the particular before the general. */
const loads: readonly [KnownLine, FailureCode][] = [
  ['cache-without-flash', 'cacheNeedsFlash'],
  ['cache-type-unfit', 'cacheTypeUnfit'],
  ['weights-not-opened', 'modelFileNotOpened'],
  ['weights-damaged', 'modelFileDamaged'],
  ['load-timed-out', 'loadTimedOut'],
]

/** What an error of Ollama's means to a user; its own words stay in the detail. */
export function failureOf(status: number, errorText: string): Failure {
  const text = innerText(errorText)
  if (status === 503) return new Failure('serverBusy', text)
  if (status === 404 && says('model-not-found', text)) return new Failure('modelNotFound', text)
  if (says('prompt-too-long', errorText)) {
    return new Failure('promptTooLong', text)
  }
  if (isOutOfMemory(text)) return new Failure('modelTooLarge', text)
  const ofLoad = loads.find(([known]) => says(known, text))?.[1]
  if (ofLoad) return new Failure(ofLoad, text)
  if (isNotLoaded(text)) return new Failure('modelDidNotLoad', text)
  if (says('runner-ended', text)) return new Failure('runnerEnded', text)
  return new Failure('ollamaFailed', text || `HTTP ${status}`)
}

/** The text of an error body: JSON with `error`, which itself may be JSON from the runner, or plain text. */
function innerText(body: string): string {
  try {
    const { error, message } = JSON.parse(body) as { error?: unknown; message?: unknown }
    if (typeof error === 'string') return innerText(error)
    if (typeof error === 'object' && error !== null) return innerText(JSON.stringify(error))
    return typeof message === 'string' ? message : body
  } catch {
    return body.trim()
  }
}
