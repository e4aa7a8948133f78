import { createHash, timingSafeEqual } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { isLoopback, isUnspecified } from '../platform/loopback'

export type AccessRequest = {
  host: string | undefined
  origin: string | undefined
  /** The WebSocket sub-protocols that the client offers. */
  protocols: readonly string[]
}

export const protocolName = 'corral'
const tokenPrefix = 'corral.token.'

/** Exactly the names under which the web host may be addressed: a rebound DNS name carries another Host. */
export function allowedHosts(names: readonly string[], port: number): Set<string> {
  // Browsers leave the usual port out.
  return new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]))
}

/** How a browser may call a host that listens there, the name for the link first. */
export function namesOf(bindAddress: string, interfaces = networkInterfaces()): string[] {
  const own = bracketed(bindAddress.toLowerCase())
  if (isLoopback(bindAddress)) return [own, ...loopbackNames]
  if (!isUnspecified(bindAddress)) return [own]
  const outside = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && (family === 'IPv4' || bindAddress === '::'))
    .sort((one, other) => one.family.localeCompare(other.family))
  return [...outside.map(({ address }) => bracketed(address)), ...loopbackNames]
}

/** A page of ours, asked for under one of our own names. */
export const isAllowedHost = (host: string | undefined, hosts: ReadonlySet<string>) =>
  host !== undefined && hosts.has(host.toLowerCase())

/** Whether a WebSocket may be opened: our name, our page, and the token of this launch. */
export function mayConnect(request: AccessRequest, hosts: ReadonlySet<string>, token: string): boolean {
  if (!isAllowedHost(request.host, hosts)) return false
  if (request.origin !== `http://${request.host}`) return false
  const offered = request.protocols.find((protocol) => protocol.startsWith(tokenPrefix))
  return offered !== undefined && equalInConstantTime(offered.slice(tokenPrefix.length), token)
}

function equalInConstantTime(left: string, right: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address)
