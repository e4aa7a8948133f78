import type { Piece } from '../../engine/answer-text'
import { chatPrompt } from '../answers/chat-prompt'
import { type CompletionRequest, type CompletionResult, complete } from '../answers/completion'
import { goTime, nanoseconds } from '../manners/go-values'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { fullName, parseModelName } from '../models/model-name'
import type { StoredModel } from '../models/model-store'
import type { Call } from './call'
import { readKeepAlive } from './details'
import { lineStream, sendJson } from './json-replies'
import { readOptions } from './options'
import { type Body, nameIn } from './request-body'
import type { Simulated } from './simulated-server'

/** What differs between the two ways to ask: names of fields, their order, and errors. */
type Kind = {
  prompt(body: Body): CompletionRequest['prompt']
  find(simulated: Simulated, name: string): StoredModel
  /** The fields that hold a piece of the answer. */
  content(text: string, thinking: string): object
  /** The fields that close an answer, in the version's order. */
  closing(reason: string, old: boolean): object
  verb: string
}

export const answerChat = (simulated: Simulated, call: Call) => answer(simulated, chatKind, call)
export const answerGenerate = (simulated: Simulated, call: Call) => answer(simulated, generateKind, call)

const chatKind: Kind = {
  prompt: (body) => (fits) => {
    const messages = (body.messages ?? []) as { role?: string; content?: string }[]
    return chatPrompt(
      messages.map(({ role = '', content = '' }) => ({ role, text: content })),
      fits,
    )
  },
  find({ store, configuration }, name) {
    const old = isOldStyle(configuration.version)
    if (name === '') throw new ServerError(400, 'model is required')
    if (!parseModelName(name)) throw new ServerError(400, old ? 'model is required' : 'invalid model name')
    const stored = store.find(name)
    if (stored) return stored
    throw new ServerError(404, old ? `model "${name}" not found, try pulling it first` : `model '${name}' not found`)
  },
  content: (text, thinking) => ({ message: { role: 'assistant', content: text, ...(thinking ? { thinking } : {}) } }),
  closing: (reason, old) => (old ? { done_reason: reason, done: true } : { done: true, done_reason: reason }),
  verb: 'chat',
}

const generateKind: Kind = {
  prompt: (body) => [body.system, body.prompt].filter(Boolean).join('\n'),
  find({ store, configuration }, name) {
    const isBad = name !== '' && !parseModelName(name)
    if (isBad && !isOldStyle(configuration.version)) throw new ServerError(400, 'invalid model name')
    const stored = store.find(name)
    if (!stored) throw new ServerError(404, `model '${name}' not found`)
    return stored
  },
  content: (text, thinking) => ({ response: text, ...(thinking ? { thinking } : {}) }),
  closing: (reason) => ({ done: true, done_reason: reason }),
  verb: 'generate',
}

async function answer(simulated: Simulated, kind: Kind, { body, response, signal }: Call): Promise<void> {
  const { scheduler, configuration } = simulated
  const old = isOldStyle(configuration.version)
  const keepAliveMs = readKeepAlive(body.keep_alive)
  const name = nameIn(body)
  const model = kind.find(simulated, name)
  const head = () => ({ model: name, created_at: goTime() })
  const isEmpty = kind === chatKind ? !Array.isArray(body.messages) || body.messages.length === 0 : !body.prompt
  if (isEmpty && keepAliveMs === 0) {
    scheduler.unload(model)
    return sendJson(response, 200, { ...head(), ...kind.content('', ''), ...kind.closing('unload', old) })
  }
  refuseWhatItCannot(model, name, kind, body, old)
  const options = readOptions(simulated, body)
  if (isEmpty) {
    scheduler.giveBack(await scheduler.acquire(model, options, keepAliveMs, signal))
    return sendJson(response, 200, { ...head(), ...kind.content('', ''), ...kind.closing('load', old) })
  }

  const streams = body.stream !== false
  const stream = lineStream(response)
  const badFormat = formatProblem(body.format)
  const pieces: Piece[] = []
  const result = await complete(
    {
      model,
      prompt: kind.prompt(body),
      options: { ...model.manifest.simulated.parameters, ...options },
      keepAliveMs,
      isJson: Boolean(body.format),
      thinks: thinkingOf(model, body.think, old),
      countsContext: kind === generateKind && body.raw !== true,
    },
    simulated,
    signal,
    (piece) => {
      if (badFormat) return
      pieces.push(piece)
      if (streams) stream.line({ ...head(), ...contentOf(kind, [piece]), done: false })
    },
  )
  if (badFormat) return fail(badFormat)
  if (response.destroyed || result.reason === 'dropped') return stream.cut()
  if (result.reason === 'error') return fail(result.error ?? '')
  if (result.reason === 'silent' && streams) return stream.end()
  const reason = result.reason === 'silent' ? '' : result.reason
  const context = kind === generateKind && body.raw !== true ? { context: contextOf(result) } : {}
  const closing = { ...kind.closing(reason, old), ...context, ...figuresOf(result) }
  if (!streams) return sendJson(response, 200, { ...head(), ...contentOf(kind, pieces), ...closing })
  stream.line({ ...head(), ...kind.content('', ''), ...closing })
  stream.end()

  /** Before the first record the new version still has its status to say it with; the old one never. */
  function fail(error: string): void {
    if (!stream.hasBegun && (!streams || !old)) sendJson(response, 500, { error })
    else {
      stream.line({ error })
      stream.end()
    }
  }
}

const contentOf = (kind: Kind, pieces: readonly Piece[]) => {
  const text = (isThinking: boolean) =>
    pieces
      .filter((piece) => piece.isThinking === isThinking)
      .map((piece) => piece.text)
      .join('')
  return kind.content(text(false), text(true))
}

function refuseWhatItCannot(model: StoredModel, name: string, kind: Kind, body: Body, old: boolean): void {
  const { capabilities } = model.manifest.simulated
  const lacks = (capability: string) => !capabilities.includes(capability)
  if (lacks('completion')) throw new ServerError(400, `"${name}" does not support ${kind.verb}`)
  const needed = [
    ...(Array.isArray(body.tools) && body.tools.length > 0 ? ['tools'] : []),
    ...(body.suffix ? ['insert'] : []),
  ].filter(lacks)
  if (needed.length > 0) throw new ServerError(400, `${fullName(model.full)} does not support ${needed.join(', ')}`)
  if (!old && body.think && lacks('thinking')) throw new ServerError(400, `"${name}" does not support thinking`)
}

/** The new version keeps thoughts apart, and lets a model think that can; the old one leaves them in the text. */
export function thinkingOf(model: StoredModel, asked: unknown, old: boolean): 'apart' | 'inline' | 'not' {
  if (!model.manifest.simulated.capabilities.includes('thinking')) return 'not'
  if (old) return 'inline'
  return asked === false ? 'not' : 'apart'
}

function formatProblem(format: unknown): string | null {
  if (format === undefined || format === null || format === '' || format === 'json') return null
  if (typeof format === 'object') return null
  return `invalid format: ${JSON.stringify(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`
}

/** The tokens of prompt and answer: nobody can read them, but their number is right. */
const contextOf = ({ promptTokens, answerTokens }: CompletionResult) =>
  Array.from({ length: promptTokens + answerTokens }, (_, place) => 259 + ((place * 37) % 700))

/** The figures of the last record; Go leaves out what is zero. */
function figuresOf(result: CompletionResult) {
  const figures = {
    total_duration: nanoseconds(result.totalMs),
    load_duration: nanoseconds(result.loadMs),
    prompt_eval_count: result.promptTokens,
    prompt_eval_duration: nanoseconds(result.promptMs),
    eval_count: result.answerTokens,
    eval_duration: nanoseconds(result.answerMs),
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0))
}
