import type { ServerResponse } from 'node:http'
import { answerTo, countTokens } from './answer-text'
import { type Configuration, isOldStyle } from './configuration'
import type { StoredModel } from './model-store'
import type { Loaded, Scheduler } from './scheduler'

export type CompletionRequest = {
  model: StoredModel
  prompt: string
  options: Record<string, unknown>
  keepAliveMs: number | null
}

export type CompletionResult = {
  reason: 'stop' | 'length' | 'dropped' | 'silent' | 'error'
  error?: string
  totalMs: number
  loadMs: number
  promptTokens: number
  promptMs: number
  answerTokens: number
  answerMs: number
}

/** What was sent when, for whoever checks a client's clock against ours: deadlines on this process's clock. */
export type SentRecord = { promptTokens: number; arrivedAtMs: number; prefilledAtMs: number; tokenDueAtMs: number[] }

export const sentRecords: SentRecord[] = []
const keptRecords = 400

/** Answers one prompt on a slot of its model, token by token at the engine's pace. */
export async function complete(
  request: CompletionRequest,
  scheduler: Scheduler,
  configuration: Configuration,
  response: ServerResponse,
  onToken: (text: string) => void,
): Promise<CompletionResult> {
  const arrivedAtMs = performance.now()
  let isGone = false
  response.once('close', () => {
    isGone = true
  })
  let loadedAtMs = arrivedAtMs
  const onReady = () => {
    loadedAtMs = performance.now()
  }
  const loaded = await scheduler.acquire(request.model, request.options, request.keepAliveMs, () => isGone, onReady)
  try {
    const result = await decode(request, loaded, configuration, () => isGone, onToken)
    return {
      ...result,
      loadMs: Math.max(1, loadedAtMs - arrivedAtMs),
      totalMs: performance.now() - arrivedAtMs,
    }
  } finally {
    scheduler.release(loaded)
  }
}

function decode(
  request: CompletionRequest,
  loaded: Loaded,
  { faults, version }: Configuration,
  isGone: () => boolean,
  onToken: (text: string) => void,
): Promise<Omit<CompletionResult, 'loadMs' | 'totalMs'>> {
  const promptTokens = Math.min(countTokens(request.prompt) + 7, loaded.contextLength)
  const asked = Number(request.options.num_predict ?? -1)
  const answer = answerTo(request.prompt, Number(request.options.seed ?? 0))
  const limit = asked > 0 ? asked : answer.naturalLength
  const stops = [request.options.stop ?? []].flat().map(String).filter(Boolean)
  const beganAtMs = performance.now()
  const record: SentRecord = { promptTokens, arrivedAtMs: beganAtMs, prefilledAtMs: 0, tokenDueAtMs: [] }
  sentRecords.push(record)
  if (sentRecords.length > keptRecords) sentRecords.shift()

  return new Promise((resolve) => {
    let firstAtMs = 0
    let text = ''
    const finish = (reason: CompletionResult['reason'], answerTokens: number, dueAtMs: number, error?: string) => {
      clearInterval(watch)
      const round = isOldStyle(version) ? Math.floor : (value: number) => value
      resolve({
        reason,
        ...(error === undefined ? {} : { error }),
        promptTokens,
        promptMs: round(Math.max(0, firstAtMs - beganAtMs)),
        answerTokens,
        answerMs: Math.max(isOldStyle(version) ? 1 : 0.001, round(dueAtMs - firstAtMs)),
      })
    }
    // A runner that is killed from outside, or a client that leaves, gives no more tokens to learn it from.
    const watch = setInterval(() => {
      if (isGone()) finish('dropped', record.tokenDueAtMs.length, performance.now())
      else if (loaded.isDead) finish('error', record.tokenDueAtMs.length, performance.now(), unexpectedEnd)
    }, 50)
    loaded.engine.add({
      promptTokens,
      isCancelled: () => isGone() || loaded.isDead,
      onPrefilled: (atMs) => {
        firstAtMs = atMs
        record.prefilledAtMs = atMs
      },
      onToken: ({ number, dueAtMs }) => {
        record.tokenDueAtMs.push(dueAtMs)
        if (faults.runnerDiesAfterTokens === number) {
          loaded.child.kill('SIGKILL')
          return 'more'
        }
        const token = faults.repeatsToken ? ' la' : answer.token(number - 1)
        text += token
        onToken(token)
        if (faults.repeatsToken && number > 30) finish('silent', number, dueAtMs)
        else if (faults.dropAfterTokens === number) finish('dropped', number, dueAtMs)
        else if (faults.errorAfterTokens === number) finish('error', number, dueAtMs, outOfMemory)
        else if (stops.some((stop) => text.endsWith(stop))) finish('stop', number, dueAtMs)
        else if (number >= limit) finish(asked > 0 ? 'length' : 'stop', number, dueAtMs)
        else return 'more'
        return 'end'
      },
    })
  })
}

const unexpectedEnd = 'an error was encountered while running the model: unexpected EOF'
const outOfMemory = 'an error was encountered while running the model: CUDA error: out of memory'
