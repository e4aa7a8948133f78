export type ModelName = { host: string; namespace: string; model: string; tag: string }

const part = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,79}$/
const namespacePart = /^[a-zA-Z0-9_][\w-]{0,79}$/
const hostPart = /^[a-zA-Z0-9_][a-zA-Z0-9_.:-]{0,349}$/

/** A name as Ollama reads it: [scheme://][host/][namespace/]model[:tag]. Null where it would say "invalid model name". */
export function parseModelName(text: string): ModelName | null {
  const path = text.replace(/^[a-z]+:\/\//, '')
  const pieces = path.split('/')
  const last = pieces.pop() ?? ''
  const [model = '', tag = 'latest', ...more] = last.split(':')
  const namespace = pieces.pop() ?? 'library'
  const host = pieces.pop() ?? 'registry.ollama.ai'
  const isValid =
    pieces.length === 0 &&
    more.length === 0 &&
    part.test(model) &&
    part.test(tag) &&
    namespacePart.test(namespace) &&
    hostPart.test(host)
  return isValid ? { host, namespace, model, tag } : null
}

/** The name as it is listed: what is the default is left out, but for the tag. */
export function shortName({ host, namespace, model, tag }: ModelName): string {
  if (host !== 'registry.ollama.ai') return `${host}/${namespace}/${model}:${tag}`
  return namespace === 'library' ? `${model}:${tag}` : `${namespace}/${model}:${tag}`
}

/** The name with all its parts, as some errors say it. */
export const fullName = ({ host, namespace, model, tag }: ModelName): string => `${host}/${namespace}/${model}:${tag}`
