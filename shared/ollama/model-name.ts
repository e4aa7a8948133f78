/** [host[:port]/][namespace/]model[:tag], with Ollama's defaults filled in (types/model/name.go: ollama.md, 3). */
export type ModelName = { host: string; namespace: string; model: string; tag: string }

/** `owner`: a host needs an owner between it and the model. `digest`: a name with one cannot be pulled. */
export type ModelNameProblem = 'empty' | 'scheme' | 'blank' | 'parts' | 'owner' | 'characters' | 'long' | 'digest'

const defaultHost = 'registry.ollama.ai'
const defaultNamespace = 'library'

const modelPart = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$/
const namespacePart = /^[a-zA-Z0-9_][a-zA-Z0-9_-]*$/
const hostPart = /^[a-zA-Z0-9_][a-zA-Z0-9_.:-]*$/
const longestPart = 80
const longestHost = 350

const digest = /(^|@)sha256[:-]|^[0-9a-f]{64}$/i

const looksLikeHost = /^(\w[\w-]*(\.\w[\w-]*)+(:\d+)?|\w[\w-]*:\d+)$/

/** The parts of a name, or why it is none. */
export function parseModelName(text: string): ModelName | { problem: ModelNameProblem } {
  const name = text.trim()
  if (name === '') return { problem: 'empty' }
  if (/^[a-z]+:\/\//i.test(name)) return { problem: 'scheme' }
  if (/\s/.test(name)) return { problem: 'blank' }
  if (digest.test(name)) return { problem: 'digest' }
  const pieces = name.split('/')
  if (pieces.length > 3) return { problem: 'parts' }
  const [model = '', tag = 'latest', ...more] = (pieces.pop() ?? '').split(':')
  if (more.length > 0) return { problem: 'parts' }
  const namespace = pieces.pop() ?? defaultNamespace
  const host = pieces.pop()
  if (host === undefined && looksLikeHost.test(namespace)) return { problem: 'owner' }
  const parts = { host: host ?? defaultHost, namespace, model, tag }
  if (!areValid(parts)) return { problem: 'characters' }
  return areShort(parts) ? parts : { problem: 'long' }
}

const areValid = ({ host, namespace, model, tag }: ModelName) =>
  modelPart.test(model) && modelPart.test(tag) && namespacePart.test(namespace) && hostPart.test(host)

const areShort = ({ host, namespace, model, tag }: ModelName) =>
  [namespace, model, tag].every((part) => part.length <= longestPart) && host.length <= longestHost

/** The name as Ollama lists it: what is the default is left out, but for the tag. */
export function listedName({ host, namespace, model, tag }: ModelName): string {
  if (host !== defaultHost) return `${host}/${namespace}/${model}:${tag}`
  return namespace === defaultNamespace ? `${model}:${tag}` : `${namespace}/${model}:${tag}`
}

/** A registry on this machine speaks plain HTTP; Ollama wants to be told so. */
export const isLocalRegistry = ({ host }: ModelName): boolean =>
  /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(host)

/**
 * Whether two names mean the same model to Ollama: defaults may be left out, and letters count in neither case
 * (ollama.md, 3).
 */
export const isSameModel = (left: string, right: string): boolean => fullName(left) === fullName(right)

function fullName(text: string): string {
  const name = parseModelName(text)
  return ('problem' in name ? text : listedName(name)).toLowerCase()
}
