import type { IncomingMessage, ServerResponse } from 'node:http'
import { hostname } from 'node:os'

const hosts = ['localhost', '127.0.0.1', '0.0.0.0']
const apps = ['app://*', 'file://*', 'tauri://*', 'vscode-webview://*']

/** All origins a page may have: the user's own first, then the built-in ones, as the configuration line lists them. */
export const allowedOrigins = (asked: readonly string[], old: boolean): string[] => [
  ...asked,
  ...hosts.flatMap((host) => [`http://${host}`, `https://${host}`, `http://${host}:*`, `https://${host}:*`]),
  ...apps,
  ...(old ? [] : ['vscode-file://*']),
]

/** An origin that makes the server panic at its start. */
export const badOrigin = (origins: readonly string[]): string | null =>
  origins.find((origin) => !origin.includes('*') && !/^[a-z-]+:\/\//.test(origin)) ?? null

const matches = (pattern: string, origin: string) => {
  if (pattern === '*') return true
  const [before = '', after] = pattern.split('*', 2)
  return after === undefined ? origin === before : origin.startsWith(before) && origin.endsWith(after)
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

/** Who may call: on loopback only names of this machine, and pages only from the origins allowed. */
export class Callers {
  constructor(
    private readonly listensOn: string,
    private readonly origins: readonly string[],
    private readonly old: boolean,
  ) {}

  isHostAllowed({ headers: { host } }: IncomingMessage): boolean {
    if (!isLoopback(this.listensOn)) return true
    const name = (host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
    return (
      name === '' ||
      name === 'localhost' ||
      name === hostname() ||
      isLoopback(name) ||
      /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(name) ||
      /\.(localhost|local|internal)$/.test(name)
    )
  }

  /** Sets what the answer to a page needs; false where its origin may not ask at all. */
  admitOrigin(request: IncomingMessage, response: ServerResponse): boolean {
    const { origin } = request.headers
    if (origin === undefined || origin === `http://${request.headers.host}`) return true
    if (!this.origins.some((pattern) => matches(pattern, origin))) return false
    response.setHeader('Access-Control-Allow-Origin', origin)
    response.setHeader('Vary', 'Origin')
    return true
  }

  /** Answers the question a browser asks before the real one; true where this was one. */
  answerPreflight({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
    if (method !== 'OPTIONS' || headers.origin === undefined) return false
    response.setHeader('Access-Control-Allow-Headers', this.old ? allowedHeaders.old : allowedHeaders.new)
    response.setHeader('Access-Control-Allow-Methods', 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS')
    response.setHeader('Access-Control-Max-Age', '43200')
    response.setHeader('Vary', ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'])
    response.writeHead(204)
    response.end()
    return true
  }
}

const stainless = (names: string) =>
  names
    .split(' ')
    .map((name) => `X-Stainless-${name}`)
    .join(',')

const allowedHeaders = {
  old: `Authorization,Content-Type,User-Agent,Accept,X-Requested-With,${stainless('Lang Package-Version Os Arch Retry-Count Runtime Runtime-Version Async Helper-Method Poll-Helper Custom-Poll-Interval Timeout')}`,
  new: `Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,${stainless('Arch Async Custom-Poll-Interval Helper-Method Lang Os Package-Version Poll-Helper Retry-Count Runtime Runtime-Version Timeout')}`,
}
