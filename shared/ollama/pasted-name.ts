import { isLocalRegistry, type ModelName, type ModelNameProblem, parseModelName } from './model-name'

/** `page`: an address of a site that is known, but of no model there. */
export type PastedNameProblem = ModelNameProblem | 'page'

/** What looks like a sign of a name, or like two hyphens, and is another one; NFKC has unfolded the full-width ones. */
const lookalikes: readonly [RegExp, string][] = [
  [/[\u2236\ua789\u02d0\ufe13]/g, ':'],
  [/[\u2215\u2044\u29f8]/g, '/'],
  [/[\u2014\u2015]/g, '--'],
  [/[\u2010-\u2013\u2212]/g, '-'],
  [/[\ufe00-\ufe0f]|(?!\s)\p{Cc}|\p{Cf}/gu, ''], // invisible ones, such as a zero-width space
  [/[\p{Pi}\p{Pf}"'`\u00b4\u201a\u201e\u2032\u2033\u3008-\u3011\u301d-\u301f]/gu, ' '],
]

/** Flags of `ollama run` that are followed by a value. */
const flagsWithValue = /^--(format|keepalive|dimensions|width|height|steps|seed|negative)$/

/**
 * The name in what somebody has pasted or typed: a command, the address of a model's page, quotes and invisible signs
 * around it, full-width letters; or why there is none in it.
 */
export function pastedName(text: string): ModelName | { problem: PastedNameProblem } {
  const plain = lookalikes.reduce((changed, [from, to]) => changed.replace(from, to), text.normalize('NFKC'))
  const words = named(plain).split(/\s+/).map(withoutPunctuation).filter(Boolean)
  const word = wordOfName(words)
  if (word === null) return { problem: words.length === 0 ? 'empty' : 'blank' }
  return parseModelNameOr(word)
}

/** Without what people write around a name: a label, a link's brackets, a remark in brackets, a blank after its colon. */
const named = (text: string) =>
  text
    .replace(/\[[^\]]*\]\((https?:\S+?)\)/gi, '$1')
    .replace(/^\s*(model|name|模型|模型名称?)\s*:\s*/i, '')
    .replace(/(?<=[\w.-])\([^()]*\)\s*$/, '')
    .replace(/(?<=[\w.-])\s*:\s+(?=[\w.-]+(\s|$))/g, ':')

function parseModelNameOr(word: string) {
  if (word === '') return { problem: 'empty' } as const
  const address = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:www\.)?([^/?#]+)\/?([^?#]*)(\?[^#]*)?/i.exec(word)
  const [, scheme, host = '', path = '', query = ''] = address ?? []
  const site = sites[host.toLowerCase()]
  if (site) return site(path.split('/').map(unescaped).filter(Boolean), query)
  if (scheme === undefined) return parseModelName(word)
  if (/^(api|v1)\//.test(path) || /^github\.com$/i.test(host)) return noModel
  const name = parseModelName(`${host}/${unescaped(path)}`)
  return 'host' in name && (isLocalRegistry(name) || /:\d+$/.test(name.host)) ? name : ({ problem: 'scheme' } as const)
}

/** Which of several words is the name: what a command is given, or the only address; null where it cannot be told. */
function wordOfName(words: readonly string[]): string | null {
  const command = words.findIndex(
    (word, place) => /^(.*[/\\])?ollama(\.exe)?$/i.test(word) && /^(run|pull|show)$/i.test(words[place + 1] ?? ''),
  )
  if (command !== -1) {
    const given = words.slice(command + 2)
    return given.find((word, place) => !word.startsWith('-') && !flagsWithValue.test(given[place - 1] ?? '')) ?? ''
  }
  if (/^from$/i.test(words[0] ?? '') && words.length === 2) return words[1] ?? null // a Modelfile's first line
  const rest = words.filter((word) => !/^[$>#%]+$/.test(word))
  if (rest.length === 1) return rest[0] ?? null
  const addresses = rest.filter((word) => /^https?:\/\/./i.test(word))
  return addresses.length === 1 ? (addresses[0] ?? null) : null
}

const withoutPunctuation = (word: string) =>
  word.replace(/^[(<[{,;:!?]+/, '').replace(/[)>\]},;:!?.\u3001\u3002\u2026/\\]+$/, '')

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type Site = (segments: readonly string[], query: string) => ModelName | { problem: PastedNameProblem }

const noModel = { problem: 'page' } as const

const library: Site = (segments) => {
  if (segments[0] === 'v2' && segments[3] === 'manifests')
    return parseModelName(`${segments[1]}/${segments[2]}:${segments[4] ?? 'latest'}`)
  const [owner = '', model] = segments
  if (model === undefined || /^(api|blog|docs|public|settings|v1|v2)$/.test(owner)) return noModel
  return parseModelName(`${owner}/${model}`)
}

const huggingFaceOn =
  (host: string): Site =>
  (all, query) => {
    const segments = all[0] === 'api' && all[1] === 'models' ? all.slice(2) : all
    const [owner = '', repository, what] = segments
    if (/^(api|blog|collections|datasets|docs|join|learn|models|organizations|papers|posts|spaces|tasks)$/.test(owner))
      return noModel
    if (repository === undefined) return parseModelName(`${host}/${owner}`)
    const isFile = what === 'blob' || what === 'resolve' || what === 'raw'
    const file = isFile ? segments.slice(4).join('/') : unescaped(/[?&]show_file_info=([^&]*)/.exec(query)?.[1] ?? '')
    const tag = file && !repository.includes(':') ? quantizationOf(file) : null
    return parseModelName(`${host}/${owner}/${repository}${tag ? `:${tag}` : ''}`)
  }

const quantization = '((?:UD-)?(?:IQ|TQ|Q|BF|F|MXFP)\\d+(?:_\\w+)*)'
const quantizedFile = new RegExp(`(?:^|[-._/])${quantization}(?:-\\d+-of-\\d+)?\\.gguf$`, 'i')
const quantizedFolder = new RegExp(`(?:^|/)${quantization}/[^/]+\\.gguf$`, 'i')

/**
 * The tag under which a repository's file is pulled: "Llama-3.2-3B-Instruct-Q4_K_M.gguf" is Q4_K_M, and so is what lies
 * in a folder of that name. A projector's or a matrix's file is none of the model's own.
 */
const quantizationOf = (file: string) =>
  /mmproj|imatrix/i.test(file) ? null : ((quantizedFile.exec(file) ?? quantizedFolder.exec(file))?.[1] ?? null)

const modelScope: Site = (segments) => {
  const [owner = '', model] = segments[0] === 'models' ? segments.slice(1) : segments
  if (model === undefined || /^(datasets|studios|docs|collections|organization|profile|papers|mcp)$/.test(owner))
    return noModel
  return parseModelName(`modelscope.cn/${owner}/${model}`)
}

/** Sites whose pages show models, with and without the scheme of their address. A mirror stays one: it was chosen. */
const sites: Record<string, Site | undefined> = {
  'ollama.com': library,
  'ollama.ai': library,
  'registry.ollama.ai': library,
  'registry.ollama.com': library,
  'hf.co': huggingFaceOn('hf.co'),
  'huggingface.co': huggingFaceOn('hf.co'),
  'hf-mirror.com': huggingFaceOn('hf-mirror.com'),
  'modelscope.cn': modelScope,
}
