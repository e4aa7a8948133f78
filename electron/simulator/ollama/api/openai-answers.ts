import { chatPrompt } from '../answers/chat-prompt'
import { type CompletionRequest, type CompletionResult, complete } from '../answers/completion'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { parseModelName } from '../models/model-name'
import type { StoredModel } from '../models/model-store'
import { thinkingOf } from './answer'
import type { Call } from './call'
import { eventStream } from './json-replies'
import { sendHandlerError, sendOpenAi } from './openai-error'
import type { Body } from './request-body'
import type { Simulated } from './simulated-server'

type Part = { text: string; isThinking: boolean; isFirst: boolean }

/** What differs between chat and plain completion. */
type Shape = {
  prompt(body: Body): CompletionRequest['prompt']
  start: string
  object(streams: boolean): string
  chunk(part: Part, old: boolean): object
  last(reason: string, old: boolean): object
  whole(text: string, thinking: string, reason: string): object
  missing(name: string, old: boolean): string
}

const chatShape: Shape = {
  prompt: (body) => (fits) => {
    const messages = body.messages as { role?: string; content?: unknown }[]
    return chatPrompt(
      messages.map(({ role = '', content }) => ({ role, text: textOf(content) })),
      fits,
    )
  },
  start: 'chatcmpl',
  object: (streams) => (streams ? 'chat.completion.chunk' : 'chat.completion'),
  chunk({ text, isThinking, isFirst }, old) {
    const delta = isThinking ? { content: '', reasoning: text } : { content: text }
    return { index: 0, delta: { ...(old || isFirst ? { role: 'assistant' } : {}), ...delta }, finish_reason: null }
  },
  last: (reason, old) => ({ index: 0, delta: old ? { role: 'assistant', content: '' } : {}, finish_reason: reason }),
  whole: (text, thinking, reason) => ({
    index: 0,
    message: { role: 'assistant', content: text, ...(thinking ? { reasoning: thinking } : {}) },
    finish_reason: reason,
  }),
  missing: (name, old) => (old ? `model "${name}" not found, try pulling it first` : `model '${name}' not found`),
}

const completionShape: Shape = {
  prompt: (body) => String(body.prompt ?? ''),
  start: 'cmpl',
  object: () => 'text_completion',
  chunk: ({ text }) => ({ text, index: 0, finish_reason: null }),
  last: (reason) => ({ text: '', index: 0, finish_reason: reason }),
  whole: (text, _, reason) => ({ text, index: 0, finish_reason: reason }),
  missing: (name) => `model '${name}' not found`,
}

export function chatCompletions(simulated: Simulated, call: Call): Promise<void> {
  const { messages } = call.body
  if (!Array.isArray(messages) || messages.length === 0) throw new ServerError(400, "[] is too short - 'messages'")
  return answer(simulated, chatShape, call)
}

export const completions = (simulated: Simulated, call: Call) => answer(simulated, completionShape, call)

const textOf = (content: unknown): string =>
  Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('\n') : String(content ?? '')

async function answer(simulated: Simulated, shape: Shape, { body, response, signal }: Call): Promise<void> {
  const old = isOldStyle(simulated.configuration.version)
  const streams = body.stream === true
  const stream = eventStream(response)
  const head = headOf(shape, body, streams)
  const parts: Part[] = []
  let result: CompletionResult
  try {
    const model = find(simulated, shape, String(body.model ?? ''), old)
    result = await complete(
      {
        model,
        prompt: shape.prompt(body),
        options: optionsOf(body),
        keepAliveMs: null,
        isJson: Boolean((body.response_format as Body | undefined)?.type),
        countsContext: shape === completionShape,
        thinks: thinkingOf(model, body.reasoning_effort === 'none' ? false : undefined, old),
      },
      simulated,
      signal,
      (piece) => {
        const part = { ...piece, isFirst: parts.length === 0 }
        parts.push(part)
        if (streams) stream.event(chunkOf(head, shape.chunk(part, old), shape, body))
      },
    )
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    return sendHandlerError(response, error.status, error.message, old)
  }
  if (response.destroyed || result.reason === 'dropped') return stream.cut()
  if (result.reason === 'error' && !stream.hasBegun) {
    return sendHandlerError(response, 500, result.error ?? '', old)
  }
  // What goes wrong in mid-stream is swallowed: the stream ends without [DONE].
  if (result.reason === 'error' || (result.reason === 'silent' && streams)) return stream.end()
  const usage = usageOf(result)
  if (!streams) {
    const text = (isThinking: boolean) =>
      parts
        .filter((part) => part.isThinking === isThinking)
        .map((part) => part.text)
        .join('')
    const choices = [shape.whole(text(false), text(true), result.reason)]
    return sendOpenAi(response, { ...head, choices, usage })
  }
  stream.event(chunkOf(head, shape.last(result.reason, old), shape, body))
  if (wantsUsage(body)) stream.event(inOrder(head, [], shape, usage))
  stream.event('[DONE]')
  stream.end()
}

const headOf = (shape: Shape, body: Body, streams: boolean) => ({
  id: `${shape.start}-${Math.floor(Math.random() * 999)}`,
  object: shape.object(streams),
  created: Math.floor(Date.now() / 1000),
  model: String(body.model ?? ''),
  system_fingerprint: 'fp_ollama',
})

type Head = ReturnType<typeof headOf>

/** Chunks of plain completions name their choices before the model, and always tell of usage where it was asked for. */
function inOrder(head: Head, choices: object[], shape: Shape, usage: object | null): object {
  const rest = usage ? { usage } : {}
  if (shape === chatShape) return { ...head, choices, ...rest }
  const { id, object, created, model, system_fingerprint } = head
  return { id, object, created, choices, model, system_fingerprint, ...rest }
}

const chunkOf = (head: Head, choice: object, shape: Shape, body: Body) =>
  inOrder(head, [choice], shape, shape === completionShape && wantsUsage(body) ? noUsage : null)

const noUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }

const wantsUsage = (body: Body) => (body.stream_options as Body | undefined)?.include_usage === true

const usageOf = ({ promptTokens, answerTokens }: CompletionResult) => ({
  prompt_tokens: promptTokens,
  completion_tokens: answerTokens,
  total_tokens: promptTokens + answerTokens,
})

function find({ store }: Simulated, shape: Shape, name: string, old: boolean): StoredModel {
  if (name === '') throw new ServerError(400, 'model is required')
  const stored = store.find(name)
  if (stored) return stored
  if (!parseModelName(name)) throw new ServerError(400, old ? 'model is required' : 'invalid model name')
  throw new ServerError(404, shape.missing(name, old))
}

const optionsOf = (body: Body) => ({
  ...(typeof body.max_tokens === 'number' ? { num_predict: body.max_tokens } : {}),
  ...(typeof body.seed === 'number' ? { seed: body.seed } : {}),
  ...(body.stop ? { stop: body.stop } : {}),
})
