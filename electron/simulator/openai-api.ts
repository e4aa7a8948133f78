import type { ServerResponse } from 'node:http'
import { complete } from './completion'
import { isOldStyle } from './configuration'
import { find } from './native-api'
import { openStream, sendJson } from './replies'
import { ServerError } from './scheduler'
import type { Simulated } from './simulated-server'

type Body = Record<string, unknown>

/** An error as OpenAI's clients expect it. */
export function sendOpenAiError(
  response: ServerResponse,
  status: number,
  message: string,
  type: string,
  contentType?: string,
): void {
  sendJson(response, status, { error: { message, type, param: null, code: null } }, contentType)
}

export function listModels({ store }: Simulated, response: ServerResponse): void {
  const data = store.list().map((stored) => ({
    id: stored.name,
    object: 'model',
    created: Math.floor(stored.modifiedAtMs / 1000),
    owned_by: 'library',
  }))
  sendJson(response, 200, { object: 'list', data: data.length > 0 ? data : null }, 'application/json')
}

export async function chatCompletions(simulated: Simulated, body: Body, response: ServerResponse): Promise<void> {
  const { configuration, scheduler } = simulated
  const old = isOldStyle(configuration.version)
  const messages = (body.messages ?? []) as { content?: string }[]
  if (messages.length === 0)
    return sendOpenAiError(response, 400, "[] is too short - 'messages'", 'invalid_request_error')
  const name = String(body.model ?? '')
  const model = find(simulated, name)
  if (!model) {
    const message = old ? `model "${name}" not found, try pulling it first` : `model '${name}' not found`
    return sendOpenAiError(response, 404, message, old ? 'api_error' : 'not_found_error', 'application/json')
  }
  const head = {
    id: `chatcmpl-${Math.floor(Math.random() * 999)}`,
    object: body.stream === true ? 'chat.completion.chunk' : 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: name,
    system_fingerprint: 'fp_ollama',
  }
  const options = {
    ...(body.max_tokens ? { num_predict: body.max_tokens } : {}),
    ...(body.seed ? { seed: body.seed } : {}),
    ...(body.stop ? { stop: body.stop } : {}),
  }
  const stream = openStream(response, 'text/event-stream')
  const streams = body.stream === true
  const pieces: string[] = []
  const chunk = (delta: object, finish: string | null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  let result: Awaited<ReturnType<typeof complete>>
  try {
    result = await complete(
      { model, prompt: messages.map((message) => message.content ?? '').join('\n'), options, keepAliveMs: null },
      scheduler,
      configuration,
      response,
      (text) => {
        pieces.push(text)
        if (streams)
          stream.event(
            chunk(old || pieces.length === 1 ? { role: 'assistant', content: text } : { content: text }, null),
          )
      },
    )
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    return sendOpenAiError(response, error.status, error.message, 'api_error', 'application/json')
  }
  if (response.destroyed || result.reason === 'dropped') return stream.cut()
  // The writer swallows what goes wrong in mid-stream: the stream ends without [DONE].
  if (result.reason === 'error' || result.reason === 'silent') return stream.end()
  const usage = {
    prompt_tokens: result.promptTokens,
    completion_tokens: result.answerTokens,
    total_tokens: result.promptTokens + result.answerTokens,
  }
  if (!streams) {
    const message = { role: 'assistant', content: pieces.join('') }
    return sendJson(
      response,
      200,
      { ...head, choices: [{ index: 0, message, finish_reason: result.reason }], usage },
      'application/json',
    )
  }
  stream.event(chunk(old ? { role: 'assistant', content: '' } : {}, result.reason))
  if ((body.stream_options as Body | undefined)?.include_usage) stream.event({ ...head, choices: [], usage })
  stream.event('[DONE]')
  stream.end()
}
