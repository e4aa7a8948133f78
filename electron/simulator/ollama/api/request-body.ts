import { goKind, jsonProblem } from '../manners/go-json'
import { ServerError } from '../manners/server-error'

export type Body = Record<string, unknown>

/** A Go struct that a body is read into: its name, and the types of the fields that are checked. */
type Struct = { name: string; fields: Record<string, string> }

const answering = { model: 'string', stream: 'bool', options: 'map[string]interface {}' }

const structs: Record<string, Struct> = {
  '/api/chat': { name: 'ChatRequest', fields: { ...answering, messages: '[]api.Message' } },
  '/api/generate': { name: 'GenerateRequest', fields: { ...answering, prompt: 'string', system: 'string' } },
  '/api/embed': { name: 'EmbedRequest', fields: { model: 'string' } },
  '/api/embeddings': { name: 'EmbeddingRequest', fields: { model: 'string', prompt: 'string' } },
  '/api/pull': { name: 'PullRequest', fields: { model: 'string', name: 'string', stream: 'bool', insecure: 'bool' } },
  '/api/push': { name: 'PushRequest', fields: { model: 'string', name: 'string', stream: 'bool', insecure: 'bool' } },
  '/api/show': { name: 'ShowRequest', fields: { model: 'string', name: 'string' } },
  '/api/create': { name: 'CreateRequest', fields: { model: 'string', from: 'string', stream: 'bool' } },
  '/api/copy': { name: 'CopyRequest', fields: { source: 'string', destination: 'string' } },
  '/api/delete': { name: 'DeleteRequest', fields: { model: 'string', name: 'string' } },
}

const matches: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  '[]api.Message': Array.isArray,
  'map[string]interface {}': (value) => goKind(value) === 'object',
}

/** The body as Go's decoder reads it, or the refusal in its words. */
export function parseBody(text: string, path: string): Body {
  if (text.trim() === '') throw new ServerError(400, 'missing request body')
  const problem = jsonProblem(text)
  if (problem) throw new ServerError(400, problem)
  const body: unknown = JSON.parse(text)
  const struct = structs[path]
  if (goKind(body) !== 'object' || body === null) {
    throw new ServerError(
      400,
      `json: cannot unmarshal ${goKind(body)} into Go value of type ${struct ? `api.${struct.name}` : 'openai.Request'}`,
    )
  }
  const fields = body as Body
  for (const [key, type] of Object.entries(struct?.fields ?? {})) {
    const value = fields[key]
    if (value === undefined || value === null || matches[type]?.(value)) continue
    throw new ServerError(
      400,
      `json: cannot unmarshal ${goKind(value)} into Go struct field ${struct?.name}.${key} of type ${type}`,
    )
  }
  return fields
}

/** The model's name, by either of its two fields. */
export const nameIn = (body: Body): string => String(body.model || body.name || '')
