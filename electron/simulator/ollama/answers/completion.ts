import type { Configuration } from '../../configuration'
import type { Piece } from '../../engine/answer-text'
import { answerOn, type End } from '../../engine/answering'
import type { Gate } from '../../engine/gate'
import type { SentRecord, SentRecords } from '../../engine/sent-records'
import { tokensOf } from '../../engine/tokens'
import { sayAnswerBegin, sayAnswerEnd, sayTokensCounted } from '../log/answer-log'
import type { Log } from '../manners/log'
import { isOldStyle } from '../manners/version-style'
import type { StoredModel } from '../models/model-store'
import type { LoadedModel } from '../scheduling/loaded-model'
import type { Scheduler } from '../scheduling/scheduler'

export type CompletionRequest = {
  model: StoredModel
  /** A chat's is made when the context is known: what does not fit is left out. */
  prompt: string | ((fits: (prompt: string) => boolean) => string)
  options: Record<string, unknown>
  keepAliveMs: number | null
  isJson: boolean
  thinks: 'apart' | 'inline' | 'not'
  /** The answer ends with the tokens of prompt and answer. */
  countsContext: boolean
}

/** How an answer ended; a runner that died is an error like others. */
export type EndReason = Exclude<End, 'died'>

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

/** The parts of the server that an answer goes through. */
type Parts = { configuration: Configuration; scheduler: Scheduler; sent: SentRecords; gate: Gate; log: Log }

/** Tokens that the template puts around a prompt. */
const templateTokens = 7

const unexpectedEnd = 'an error was encountered while running the model: unexpected EOF'
const outOfMemory = 'an error was encountered while running the model: CUDA error: out of memory'

/** Answers one prompt on a slot of its model, token by token at the engine's pace. Throws where it cannot be loaded. */
export async function complete(
  request: CompletionRequest,
  parts: Parts,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void,
): Promise<CompletionResult> {
  const record = parts.sent.begin()
  let loaded: LoadedModel
  try {
    loaded = await parts.scheduler.acquire(request.model, request.options, request.keepAliveMs, signal)
  } catch (error) {
    parts.sent.forget(record)
    throw error
  }
  const loadMs = Math.max(0.2, performance.now() - record.arrivedAtMs)
  try {
    if (!(await loaded.slots.take(signal))) {
      parts.sent.forget(record)
      return { ...nothing, reason: 'dropped', loadMs, totalMs: 0 }
    }
    try {
      const result = await decode(request, loaded, parts, record, signal, onPiece)
      return { ...result, loadMs, totalMs: performance.now() - record.arrivedAtMs }
    } finally {
      loaded.slots.giveBack()
    }
  } finally {
    parts.scheduler.giveBack(loaded)
  }
}

const nothing = { promptTokens: 0, promptMs: 0, answerTokens: 0, answerMs: 0 }

function decode(
  request: CompletionRequest,
  loaded: LoadedModel,
  parts: Parts,
  record: SentRecord,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void,
): Promise<Omit<CompletionResult, 'loadMs' | 'totalMs'>> {
  const { configuration, log } = parts
  const { contextLength } = loaded.options
  const fits = (text: string) => tokensOf(text).length + templateTokens <= contextLength
  const asked = typeof request.prompt === 'string' ? request.prompt : request.prompt(fits)
  const prompt = fitPrompt(tokensOf(asked), contextLength, parts)
  const slot = loaded.cache.take(prompt)
  const promptTokens = prompt.length + templateTokens
  const knownTokens = Math.min(promptTokens - 1, slot.knownTokens > 0 ? slot.knownTokens + templateTokens - 1 : 0)
  const { place, keptShare } = slot
  const story = {
    loaded,
    prompt: asked,
    slot: { slot: place, task: 0, contextLength, promptTokens, knownTokens, keptShare },
  }
  record.promptTokens = promptTokens
  record.beganAtMs = performance.now()
  sayAnswerBegin(log, configuration, story)
  const order = {
    prompt: asked,
    wishes: { seed: Number(request.options.seed ?? 0), isJson: request.isJson, thinks: request.thinks },
    prefillTokens: promptTokens - knownTokens,
    askedTokens: Number(request.options.num_predict ?? -1),
    stops: [request.options.stop ?? []].flat().map(String).filter(Boolean),
    record,
  }
  return new Promise((resolve) => {
    answerOn(loaded, order, parts, signal, onPiece, ({ end, atMs, text, errorText }) => {
      loaded.cache.giveBack(place, [...prompt, ...tokensOf(text)])
      const figures = figuresOf(record, atMs, isOldStyle(configuration.version))
      if (!loaded.isDead && !loaded.isGone) sayAnswerEnd(log, configuration, story, figures)
      if (request.countsContext && (end === 'stop' || end === 'length')) sayTokensCounted(log, configuration, loaded)
      resolve({ ...endOf(end, errorText), promptTokens, ...figures })
    })
  })
}

function endOf(end: End, errorText: string | null): { reason: EndReason; error?: string } {
  if (end === 'died') return { reason: 'error', error: unexpectedEnd }
  return end === 'error' ? { reason: end, error: errorText ?? outOfMemory } : { reason: end }
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

/** A prompt longer than the context loses its middle, and on new versions room is made for the answer: ollama.md, 2. */
function fitPrompt(tokens: string[], contextLength: number, { configuration, log }: Parts): string[] {
  const old = isOldStyle(configuration.version)
  const whole = tokens.length + templateTokens
  if (whole <= (old ? contextLength : contextLength - 1)) return tokens
  const keep = Math.min(5, contextLength - 1)
  const room = old ? contextLength : contextLength - Math.max(1, Math.floor((contextLength - keep) / 2))
  log.warnAt({ old: 'runner.go:130', new: 'llama_server.go:317' }, 'truncating input prompt', {
    limit: room,
    prompt: whole,
    keep,
    new: room,
  })
  const left = Math.max(0, room - templateTokens)
  const first = Math.min(keep, left)
  return [...tokens.slice(0, first), ...tokens.slice(tokens.length - (left - first))]
}
