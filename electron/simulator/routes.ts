import type { IncomingMessage, ServerResponse } from 'node:http'
import { sentRecords } from './completion'
import { isOldStyle } from './configuration'
import * as native from './native-api'
import { chatCompletions, listModels, sendOpenAiError } from './openai-api'
import { readBody, sendJson, sendNothing, sendText } from './replies'
import { ServerError } from './scheduler'
import type { Simulated } from './simulated-server'

type Route = (simulated: Simulated, body: Record<string, unknown>, response: ServerResponse) => void | Promise<void>

const routes: Record<string, Record<string, Route>> = {
  '/': { GET: (_, __, response) => sendText(response, 200, 'Ollama is running', {}) },
  '/api/version': { GET: (simulated, _, response) => native.version(simulated, response) },
  '/api/tags': { GET: (simulated, _, response) => native.tags(simulated, response) },
  '/api/ps': { GET: (simulated, _, response) => native.ps(simulated, response) },
  '/api/show': { POST: native.show },
  '/api/chat': { POST: (simulated, body, response) => native.answer(simulated, 'chat', body, response) },
  '/api/generate': { POST: (simulated, body, response) => native.answer(simulated, 'generate', body, response) },
  '/api/embed': { POST: (simulated, body, response) => native.embed(simulated, body, response, false) },
  '/api/embeddings': { POST: (simulated, body, response) => native.embed(simulated, body, response, true) },
  '/api/pull': { POST: native.pullModel },
  '/api/copy': { POST: native.copy },
  '/api/create': { POST: native.create },
  '/api/delete': { DELETE: native.remove },
  '/v1/models': { GET: (simulated, _, response) => listModels(simulated, response) },
  '/v1/chat/completions': { POST: chatCompletions },
}

/** One request: who may ask, which route, its body, and the errors in the words of the version. */
export async function handle(simulated: Simulated, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { configuration } = simulated
  const path = (request.url ?? '/').replace(/\?.*$/, '')
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  if (configuration.faults.hangs) return
  if (!isAllowed(request)) return sendNothing(response, 403)
  if (path === '/simulator/faults') return changeFaults(simulated, request, response)
  if (path === '/simulator/state') return tellState(simulated, response)
  if (path.startsWith('/api/blobs/')) return blob(simulated, path.slice('/api/blobs/'.length), request, response)
  const byMethod = routes[path]
  const route = byMethod?.[method]
  if (!route) {
    if (byMethod && !isOldStyle(configuration.version)) {
      return sendText(response, 405, '405 method not allowed', { Allow: Object.keys(byMethod).join(', ') })
    }
    return sendText(response, 404, '404 page not found')
  }
  const isOpenAi = path.startsWith('/v1/')
  try {
    await route(simulated, method === 'GET' ? {} : parse(await readBody(request), path), response)
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    if (response.headersSent) return void response.end(`${JSON.stringify({ error: error.message })}\n`)
    if (isOpenAi)
      return sendOpenAiError(
        response,
        error.status,
        error.message,
        error.status === 400 ? 'invalid_request_error' : 'api_error',
      )
    sendJson(response, error.status, { error: error.message })
  }
}

const structs: Record<string, string> = {
  '/api/chat': 'ChatRequest',
  '/api/generate': 'GenerateRequest',
  '/api/pull': 'PullRequest',
  '/api/show': 'ShowRequest',
}

function parse(text: string, path: string): Record<string, unknown> {
  if (text.trim() === '') throw new ServerError(400, 'missing request body')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new ServerError(400, 'unexpected EOF')
  }
  const { model } = body as { model?: unknown }
  if (model !== undefined && typeof model !== 'string') {
    throw new ServerError(
      400,
      `json: cannot unmarshal ${typeof model} into Go struct field ${structs[path] ?? 'Request'}.model of type string`,
    )
  }
  return body as Record<string, unknown>
}

/** Only pages of this machine and names of this machine may ask. */
function isAllowed({ headers: { host, origin } }: IncomingMessage): boolean {
  const name = (host ?? '').replace(/:\d+$/, '')
  if (!/^(\d+(\.\d+){3}|\[.*\]|localhost|.*\.(localhost|local|internal))$/.test(name)) return false
  return (
    origin === undefined ||
    /^(https?:\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?|(app|file|tauri):\/\/.*)$/.test(origin)
  )
}

async function changeFaults(
  { configuration, scheduler }: Simulated,
  request: IncomingMessage,
  response: ServerResponse,
) {
  configuration.faults = JSON.parse((await readBody(request)) || '{}')
  scheduler.report()
  sendJson(response, 200, configuration.faults)
}

function tellState({ scheduler, configuration, settings }: Simulated, response: ServerResponse) {
  sendJson(response, 200, {
    nowMs: performance.now(),
    settings,
    faults: configuration.faults,
    loaded: scheduler.loaded.map((loaded) => ({
      name: loaded.model.name,
      pid: loaded.child.pid,
      slots: loaded.parallel,
      inUse: loaded.users,
      waiting: loaded.waiting.length,
      contextLength: loaded.contextLength,
      placement: loaded.placement,
    })),
    sent: sentRecords,
  })
}

async function blob({ store }: Simulated, digest: string, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'HEAD') return sendNothing(response, store.hasBlob(digest) ? 200 : 404)
  await readBody(request)
  if (store.hasBlob(digest)) return sendNothing(response, 200)
  store.writeBlob(digest)
  sendNothing(response, 201)
}
