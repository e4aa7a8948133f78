import { Failure } from '../../shared/failure'

const outOfMemory =
  /requires more system memory|out[ -]of[ -](device )?memory|cudaMalloc failed|hipMalloc failed|failed to allocate|allocation failed|not enough memory/i
const didNotLoad =
  /(llama runner|llama-server) process has terminated|timed out waiting for (llama runner|llama-server)|error loading model|not supported by your version|unable to load model|llama-server binary not found/i
/** The process that holds the model is gone, in the words of the server that has just noticed. */
const runnerEnded =
  /(llama runner|llama-server) process no longer running|error was encountered while running the model|POST predict: .*(EOF|connection (refused|reset))/i

/** What an error of Ollama's means to a user; its own words stay in the detail (the texts: ollama.md, 2, Errors). */
export function failureOf(status: number, errorText: string): Failure {
  const text = innerText(errorText)
  if (status === 503) return new Failure('serverBusy', text)
  if (status === 404 && /^model .+ not found/.test(text)) return new Failure('modelNotFound', text)
  if (/exceed_context_size|exceeds the available context size|longer than the context length/.test(errorText)) {
    return new Failure('promptTooLong', text)
  }
  if (outOfMemory.test(text)) return new Failure('modelTooLarge', text)
  if (didNotLoad.test(text)) return new Failure('modelDidNotLoad', text)
  if (runnerEnded.test(text)) return new Failure('runnerEnded', text)
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
