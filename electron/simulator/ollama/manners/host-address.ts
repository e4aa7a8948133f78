export type HostAddress = {
  scheme: string
  /** As it was written; empty listens on every interface. */
  host: string
  port: number
  /** A port that could not be read: the server does not stop, it lands on the default one. */
  invalidPort: string | null
}

/** OLLAMA_HOST as Ollama reads it: ollama.md, 1. */
export function readHostAddress(text: string): HostAddress {
  const place = text.indexOf('://')
  const scheme = place < 0 ? 'http' : text.slice(0, place)
  const rest = place < 0 ? text : text.slice(place + 3)
  const defaultPort = place < 0 ? 11434 : scheme === 'https' ? 443 : scheme === 'http' ? 80 : 11434
  const address = rest.replace(/\/.*$/s, '')
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(address)
  const isPair = address.split(':').length === 2
  const [host = '', portText] = bracketed ? [bracketed[1], bracketed[2]] : isPair ? address.split(':') : [address]
  if (portText === undefined) return { scheme, host: host || '127.0.0.1', port: defaultPort, invalidPort: null }
  const isValid = /^\d+$/.test(portText) && Number(portText) <= 65_535
  return { scheme, host, port: isValid ? Number(portText) : defaultPort, invalidPort: isValid ? null : portText }
}

const bracketedIf = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** As the configuration line shows it. */
export const addressUrl = ({ scheme, host, port }: HostAddress) => `${scheme}://${bracketedIf(host)}:${port}`

export const isEveryInterface = (host: string) => host === '' || host === '0.0.0.0' || host === '::'

/** As the "Listening on" line shows it: every interface is the IPv6 one. */
export const listeningAddress = (host: string, port: number) =>
  isEveryInterface(host) ? `[::]:${port}` : `${host === 'localhost' ? '127.0.0.1' : bracketedIf(host)}:${port}`
