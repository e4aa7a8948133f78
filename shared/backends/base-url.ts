import { type ParsedAddress, parsedAddress } from './parsed-address'

/** How a backend is spoken to: Ollama's own API, or OpenAI's chat completions. */
export type Protocol = 'ollama' | 'openai'

/** The addresses that a base URL stands for; `modelsUrl` is null where only the one address is known. */
export type BackendAddresses = { chatUrl: string; modelsUrl: string | null }

export type BaseUrlProblem = 'empty' | 'fullWidth' | 'notAnAddress' | 'notHttp' | 'holdsPassword' | 'linkLocal'

export type ReadBaseUrl = { ok: true; addresses: BackendAddresses } | { ok: false; problem: BaseUrlProblem }

const fullWidth = /[\uFF01-\uFF5E\u3000-\u3002]/
const scheme = /^[a-z][a-z0-9+.-]*:\/\//i
const thisMachine = /^(localhost|127\.|\[::1\])/i
/** Addresses at which clouds tell a machine its own secrets. */
const linkLocal = /^(169\.254\.|\[fe[89ab][0-9a-f]:|\[fd00:ec2::254\]|metadata\.google\.internal$|100\.100\.100\.200$)/i

const chatPaths: Record<Protocol, RegExp> = {
  openai: /\/chat\/completions$/,
  ollama: /\/(v1\/chat\/completions|v1|api(\/(chat|generate|tags|version))?)$/,
}

/**
 * What is asked for a base URL as people paste it (faults.md, R6): a bare host gets the usual path, a path that is there
 * stays, the whole chat address is known for one, and a `#` at the end means that nothing is added.
 */
export function readBaseUrl(typed: string, protocol: Protocol): ReadBaseUrl {
  const text = typed.trim()
  const refused = (problem: BaseUrlProblem): ReadBaseUrl => ({ ok: false, problem })
  if (text === '') return refused('empty')
  if (fullWidth.test(text)) return refused('fullWidth')
  const url = parsedAddress(scheme.test(text) ? text : `${thisMachine.test(text) ? 'http' : 'https'}://${text}`)
  if (!url) return refused('notAnAddress')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refused('notHttp')
  if (url.username !== '' || url.password !== '') return refused('holdsPassword')
  if (linkLocal.test(url.hostname)) return refused('linkLocal')
  const isExact = text.endsWith('#')
  url.hash = ''
  const path = url.pathname.replace(/\/+$/, '')
  if (isExact) return { ok: true, addresses: { chatUrl: addressAt(url, path), modelsUrl: null } }
  const base = path.replace(chatPaths[protocol], '')
  const added = protocol === 'openai' && base === '' && path === '' ? '/v1' : ''
  const [chat, models] = protocol === 'openai' ? ['/chat/completions', '/models'] : ['/api/chat', '/api/tags']
  return {
    ok: true,
    addresses: {
      chatUrl: addressAt(url, `${base}${added}${chat}`),
      modelsUrl: addressAt(url, `${base}${added}${models}`),
    },
  }
}

/** The same address with another path; its query stays. */
function addressAt({ href }: ParsedAddress, path: string): string {
  const address = parsedAddress(href)
  if (!address) throw new Error(`no address: ${href}`)
  address.pathname = path
  return address.href
}
