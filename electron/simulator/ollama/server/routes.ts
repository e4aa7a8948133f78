import type { IncomingMessage, ServerResponse } from 'node:http'
import { readText } from '../../http/read-text'
import { sendNothing, sendText } from '../../http/replies'
import { answerChat, answerGenerate } from '../api/answer'
import { blob } from '../api/blob'
import type { Call } from '../api/call'
import { accountUnavailable, cloudStatus } from '../api/cloud'
import { create } from '../api/create'
import { embed, embeddings } from '../api/embeddings'
import { sendJson } from '../api/json-replies'
import { listLoaded, listModels } from '../api/model-lists'
import { copy, remove } from '../api/model-names'
import { chatCompletions, completions } from '../api/openai-answers'
import { sendOpenAiError } from '../api/openai-error'
import { openAiEmbeddings, openAiModel, openAiModels } from '../api/openai-models'
import { parseBody } from '../api/request-body'
import { show } from '../api/show'
import type { Simulated } from '../api/simulated-server'
import { changeFaults, tellState } from '../api/simulator-control'
import { pull, push } from '../api/transfers'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import type { Callers } from './callers'

type Route = (simulated: Simulated, call: Call) => void | Promise<void>

type Methods = Record<string, Route>

const routes: Record<string, Methods> = {
  '/': { GET: (_, { response }) => sendText(response, 200, 'Ollama is running', 'text/plain; charset=utf-8') },
  '/api/version': {
    GET: ({ configuration }, { response }) => sendJson(response, 200, { version: configuration.version }),
  },
  '/api/tags': { GET: listModels },
  '/api/ps': { GET: listLoaded },
  '/api/show': { POST: show },
  '/api/chat': { POST: answerChat },
  '/api/generate': { POST: answerGenerate },
  '/api/embed': { POST: embed },
  '/api/embeddings': { POST: embeddings },
  '/api/pull': { POST: pull },
  '/api/push': { POST: push },
  '/api/copy': { POST: copy },
  '/api/create': { POST: create },
  '/api/delete': { DELETE: remove },
  '/v1/models': { GET: openAiModels },
  '/v1/chat/completions': { POST: chatCompletions },
  '/v1/completions': { POST: completions },
  '/v1/embeddings': { POST: openAiEmbeddings },
}

/** Routes that only the new version has. */
const newRoutes: Record<string, Methods> = {
  '/api/status': { GET: cloudStatus },
  '/api/me': { POST: accountUnavailable },
  '/api/signout': { POST: accountUnavailable },
}

function find(path: string, old: boolean): { methods: Methods; rest: string } | null {
  const methods = routes[path] ?? (old ? undefined : newRoutes[path])
  if (methods) return { methods, rest: '' }
  const model = /^\/v1\/models\/([^/]+)$/.exec(path)?.[1]
  return model === undefined ? null : { methods: { GET: openAiModel }, rest: decodeURIComponent(model) }
}

/** One request: who may ask, which route, its body, and the errors in the words of the version. */
export async function handle(
  simulated: Simulated,
  callers: Callers,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const old = isOldStyle(simulated.configuration.version)
  const path = (request.url ?? '/').replace(/\?.*$/s, '')
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  if (path === '/simulator/faults') return changeFaults(simulated, await readText(request), response)
  if (simulated.configuration.faults.hangs) return
  if (path === '/simulator/state') return tellState(simulated, response)
  if (!callers.admitOrigin(request, response)) return sendNothing(response, 403)
  if (!callers.isHostAllowed(request)) return sendNothing(response, 403)
  const digest = /^\/api\/blobs\/([^/]+)$/.exec(path)?.[1]
  if (digest !== undefined && (request.method === 'HEAD' || request.method === 'POST')) {
    return blob(simulated, decodeURIComponent(digest), request, response)
  }
  const found = find(path, old)
  const allow = found ? Object.keys(found.methods).join(', ') : ''
  if (allow && !old && request.method === 'OPTIONS') response.setHeader('Allow', allow)
  if (callers.answerPreflight(request, response)) return
  const route = found?.methods[method]
  if (!found || !route) return sendNoRoute(response, path, allow, old)
  try {
    const body = method === 'GET' ? {} : parseBody(await readText(request), path)
    await route(simulated, { body, response, signal, rest: found.rest })
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    if (response.headersSent) return void response.end()
    if (path.startsWith('/v1/')) return sendOpenAiError(response, error.status, error.message)
    sendJson(response, error.status, { error: error.message })
  }
}

function sendNoRoute(response: ServerResponse, path: string, allow: string, old: boolean) {
  const shorter = path.replace(/\/+$/, '')
  if (shorter !== path && find(shorter, old)) {
    const page = `<a href="${shorter}">Moved Permanently</a>.\n\n`
    return sendText(response, 301, page, 'text/html; charset=utf-8', { Location: shorter })
  }
  if (allow && !old) return sendText(response, 405, '405 method not allowed', 'text/plain', { Allow: allow })
  sendText(response, 404, '404 page not found')
}
