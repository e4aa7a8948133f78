import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { Failure } from '../../shared/failure'
import { isLoopback } from '../platform/loopback'
import { LeftQuestions } from './left-questions'

export type SocketOptions = {
  /** `http:`, `https:` or `socks5:`, with name and password where it wants them. Never for this machine's own addresses. */
  proxyUrl?: string
  /** The proxy is for this machine's own addresses as well. */
  isProxyForLoopback?: boolean
  /** PEM of authorities that are trusted beside the usual ones. */
  extraAuthorities?: string
  /** How long a socket that nobody uses is kept. */
  keptForMs?: number
}

/**
 * The sockets to other servers, kept between requests: no answer waits for a connection or a TLS handshake that an
 * earlier one has made. All of them end with `close`, those in use too.
 */
export class Sockets {
  /** What was asked and not waited for. */
  readonly left = new LeftQuestions()
  readonly #trusted: { ca?: string[] }
  readonly #settings: { keepAlive: true; noDelay: true; timeout: number; ca?: string[] }
  readonly #direct: { http: HttpAgent; https: HttpsAgent }
  #proxied: Promise<{ http: HttpAgent; https: HttpAgent }> | null = null
  #isClosed = false

  constructor(private readonly options: SocketOptions = {}) {
    const { extraAuthorities, keptForMs = 60_000 } = options
    this.#trusted = extraAuthorities === undefined ? {} : { ca: [...rootCertificates, extraAuthorities] }
    this.#settings = { keepAlive: true, noDelay: true, timeout: keptForMs, ...this.#trusted }
    this.#direct = { http: new HttpAgent(this.#settings), https: new HttpsAgent(this.#settings) }
  }

  /** Options for a request to this address: who finds or makes its socket, and whom a TLS connection trusts. */
  async optionsFor({ protocol, hostname }: URL): Promise<{ agent: HttpAgent; ca?: string[] }> {
    const { proxyUrl, isProxyForLoopback = false } = this.options
    const isHere = isLoopback(hostname.replace(/^\[|\]$/g, ''))
    const isDirect = proxyUrl === undefined || (isHere && !isProxyForLoopback)
    if (!isDirect) this.#proxied ??= this.#agentsThrough(proxyUrl)
    const agents = (!isDirect && (await this.#proxied)) || this.#direct
    if (this.#isClosed) throw new Failure('serverNotReady', 'Corral is ending')
    return { agent: protocol === 'https:' ? agents.https : agents.http, ...this.#trusted }
  }

  /** Ends the sockets to this address that nobody uses: where one was found dead, the others are too. */
  async endIdle(address: URL): Promise<void> {
    const { freeSockets } = (await this.optionsFor(address)).agent
    const port = address.port || (address.protocol === 'https:' ? '443' : '80')
    const host = `${address.hostname.replace(/^\[|\]$/g, '')}:${port}:`
    for (const [name, idle] of Object.entries(freeSockets)) {
      if (name.startsWith(host)) for (const socket of idle ?? []) socket.destroy()
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const proxied = await this.#proxied?.catch(() => null)
    for (const agents of [this.#direct, proxied]) {
      agents?.http.destroy()
      agents?.https.destroy()
    }
  }

  /** Read only when there is a proxy: few have one. A proxy by script (PAC) is not supported. */
  async #agentsThrough(proxyUrl: string): Promise<{ http: HttpAgent; https: HttpAgent }> {
    if (/^socks/.test(proxyUrl)) {
      const { SocksProxyAgent } = await import('socks-proxy-agent')
      const agent = new SocksProxyAgent(proxyUrl, this.#settings)
      return { http: agent, https: agent }
    }
    const [{ HttpProxyAgent }, { HttpsProxyAgent }] = await Promise.all([
      import('http-proxy-agent'),
      import('https-proxy-agent'),
    ])
    return {
      http: new HttpProxyAgent(proxyUrl, this.#settings),
      https: new HttpsProxyAgent(proxyUrl, this.#settings),
    }
  }
}
