import { takeAnswerFaults } from '../../engine/answer-faults'
import { answerTo, type Piece } from '../../engine/answer-text'
import type { SentRecord } from '../../engine/sent-records'
import { StopWatch } from '../../engine/stop-watch'
import { tokensOf } from '../../engine/tokens'
import type { Simulated } from '../api/simulated-server'
import { sayAnswerBegin, sayAnswerEnd, sayTokensCounted } from '../log/answer-log'
import { isOldStyle } from '../manners/version-style'
import type { StoredModel } from '../models/model-store'
import type { LoadedModel } from '../scheduling/loaded-model'

export type CompletionRequest = {
  model: StoredModel
  prompt: string
  options: Record<string, unknown>
  keepAliveMs: number | null
  isJson: boolean
  thinks: 'apart' | 'inline' | 'not'
  /** The answer ends with the tokens of prompt and answer. */
  countsContext: boolean
}

/** How an answer ended: by itself, by its length, cut off, with no word said, or by an error. */
export type EndReason = 'stop' | 'length' | 'dropped' | 'silent' | 'error'

export type CompletionResult = {
  reason: EndReason
  error?: string
  totalMs: number
  loadMs: number
  promptTokens: number
  promptMs: number
  answerTokens: number
  answerMs: number
}

/** Tokens that the template puts around a prompt. */
const templateTokens = 7
/** A token that comes more often in a row than this makes the server give up. */
const longestRepeat = 30

const unexpectedEnd = 'an error was encountered while running the model: unexpected EOF'
const outOfMemory = 'an error was encountered while running the model: CUDA error: out of memory'

/** Answers one prompt on a slot of its model, token by token at the engine's pace. Throws where it cannot be loaded. */
export async function complete(
  request: CompletionRequest,
  simulated: Simulated,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void,
): Promise<CompletionResult> {
  const record = simulated.sent.begin()
  let loaded: LoadedModel
  try {
    loaded = await simulated.scheduler.acquire(request.model, request.options, request.keepAliveMs, signal)
  } catch (error) {
    simulated.sent.forget(record)
    throw error
  }
  const loadMs = Math.max(0.2, performance.now() - record.arrivedAtMs)
  try {
    if (!(await loaded.slots.take(signal))) {
      simulated.sent.forget(record)
      return { ...nothing, reason: 'dropped', loadMs, totalMs: 0 }
    }
    try {
      const result = await decode(request, loaded, simulated, record, signal, onPiece)
      return { ...result, loadMs, totalMs: performance.now() - record.arrivedAtMs }
    } finally {
      loaded.slots.giveBack()
    }
  } finally {
    simulated.scheduler.giveBack(loaded)
  }
}

const nothing = { promptTokens: 0, promptMs: 0, answerTokens: 0, answerMs: 0 }

function decode(
  request: CompletionRequest,
  loaded: LoadedModel,
  simulated: Simulated,
  record: SentRecord,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void,
): Promise<Omit<CompletionResult, 'loadMs' | 'totalMs'>> {
  const { configuration, log } = simulated
  const old = isOldStyle(configuration.version)
  const faults = takeAnswerFaults(configuration.faults)
  const prompt = fitPrompt(tokensOf(request.prompt), loaded.options.contextLength, simulated)
  const slot = loaded.cache.take(prompt)
  const promptTokens = prompt.length + templateTokens
  const knownTokens = Math.min(promptTokens - 1, slot.knownTokens > 0 ? slot.knownTokens + templateTokens - 1 : 0)
  const asked = Number(request.options.num_predict ?? -1)
  const answer = answerTo(request.prompt, {
    seed: Number(request.options.seed ?? 0),
    isJson: request.isJson,
    thinks: request.thinks,
  })
  const limit = asked > 0 ? asked : Number.POSITIVE_INFINITY
  // A step more than the text has: the token that ends it is counted, but says nothing.
  const naturalEnd = asked > answer.naturalLength ? Number.POSITIVE_INFINITY : answer.naturalLength + 1
  const stops = new StopWatch([request.options.stop ?? []].flat().map(String).filter(Boolean))
  const story = {
    loaded,
    prompt: request.prompt,
    slot: {
      slot: slot.place,
      task: 0,
      contextLength: loaded.options.contextLength,
      promptTokens,
      knownTokens,
      keptShare: slot.keptShare,
    },
  }
  record.promptTokens = promptTokens
  record.beganAtMs = performance.now()
  sayAnswerBegin(log, configuration, story)

  return new Promise((resolve) => {
    let text = ''
    let isOver = false
    const finish = (reason: EndReason, atMs: number, error?: string) => {
      if (isOver) return 'end' as const
      isOver = true
      leave()
      forgetHold()
      forgetDeath()
      signal.removeEventListener('abort', onAbort)
      loaded.cache.giveBack(slot.place, [...prompt, ...tokensOf(text)])
      const figures = figuresOf(record, atMs, old)
      if (!loaded.isDead && !loaded.isGone) sayAnswerEnd(log, configuration, story, figures)
      if (request.countsContext && (reason === 'stop' || reason === 'length'))
        sayTokensCounted(log, configuration, loaded)
      resolve({ reason, ...(error === undefined ? {} : { error }), promptTokens, ...figures })
      return 'end' as const
    }
    const send = (sent: string, isThinking: boolean) => {
      if (sent === '') return
      text += sent
      onPiece({ text: sent, isThinking })
    }
    const onToken = (dueAtMs: number) => {
      const heldAt = configuration.faults.holdsAfterTokens
      if (heldAt != null && record.tokenDueAtMs.length >= heldAt) return hold()
      const count = record.tokenDueAtMs.push(dueAtMs)
      if (faults.runnerDiesAfterTokens === count) loaded.child.kill('SIGKILL')
      if (faults.runnerDiesAfterTokens != null && count >= faults.runnerDiesAfterTokens) return 'more'
      if (faults.stallsAfterTokens != null && count > faults.stallsAfterTokens) return 'more'
      if (count >= naturalEnd) {
        send(stops.rest(), false)
        return finish('stop', dueAtMs)
      }
      const piece = faults.repeatsToken ? { text: ' la', isThinking: false } : answer.piece(count - 1)
      const { text: allowed, isStopped } = piece.isThinking
        ? { text: piece.text, isStopped: false }
        : stops.take(piece.text)
      send(allowed, piece.isThinking)
      if (isStopped) return finish('stop', dueAtMs)
      if (faults.repeatsToken && count > longestRepeat) return finish('silent', dueAtMs)
      if (faults.dropAfterTokens === count) return finish('dropped', dueAtMs)
      if (faults.errorAfterTokens === count) return finish('error', dueAtMs, faults.errorText ?? outOfMemory)
      if (count < limit) return 'more'
      send(stops.rest(), false)
      return finish('length', dueAtMs)
    }
    const join = (prefillTokens: number, onPrefilled: (atMs: number) => void) =>
      loaded.engine.add({ prefillTokens, onPrefilled, onToken })
    /** Out of the batch until it may go on: a card that waits for a test does no work. */
    const hold = () => {
      forgetHold = simulated.gate.hold(() => {
        leave = join(1, () => {})
      })
      return 'end' as const
    }
    let forgetHold = () => {}
    let leave = join(promptTokens - knownTokens, (atMs) => {
      record.prefilledAtMs = atMs
    })
    const onAbort = () => finish('dropped', performance.now())
    const onDeath = () => finish('error', performance.now(), unexpectedEnd)
    const forgetDeath = loaded.onDeath(onDeath)
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    if (loaded.isDead) onDeath()
  })
}

/** Counted by the runner, in whole milliseconds in the old version: a duration of 0 is then left out. */
function figuresOf(record: SentRecord, endMs: number, old: boolean) {
  const round = old ? Math.floor : (value: number) => Math.round(value * 1000) / 1000
  const firstMs = record.prefilledAtMs || endMs
  return {
    promptMs: round(Math.max(0, firstMs - record.beganAtMs)),
    answerTokens: record.tokenDueAtMs.length,
    answerMs: round(Math.max(0.001, endMs - firstMs)),
  }
}

/** A prompt longer than the context loses its middle: ollama.md, 2. */
function fitPrompt(tokens: string[], contextLength: number, { configuration, log }: Simulated): string[] {
  const limit = contextLength - templateTokens
  if (tokens.length <= limit) return tokens
  const keep = 5
  const old = isOldStyle(configuration.version)
  const room = Math.max(keep, old ? limit : contextLength - Math.max(1, Math.floor((contextLength - keep) / 2)))
  log.warnAt({ old: 'runner.go:130', new: 'llama_server.go:317' }, 'truncating input prompt', {
    limit: old ? contextLength : room,
    prompt: tokens.length + templateTokens,
    keep,
    new: room,
  })
  return [...tokens.slice(0, keep), ...tokens.slice(tokens.length - Math.max(0, room - keep))]
}
