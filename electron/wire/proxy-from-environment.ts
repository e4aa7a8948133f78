import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../platform/loopback'

/** Variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that a Go program with these variables takes for an address, so that what Ollama can reach is asked in the
 * same way; undefined for none (golang.org/x/net/http/httpproxy). Never one for this machine's own addresses.
 */
export function proxyFor({ protocol, hostname, port }: URL, environment: Environment): string | undefined {
  const value = (name: string) => environment[name.toUpperCase()] || environment[name.toLowerCase()] || ''
  const proxy = value(protocol === 'https:' ? 'https_proxy' : 'http_proxy').trim()
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const usedPort = port || (protocol === 'https:' ? '443' : '80')
  if (proxy === '' || isLoopback(host)) return undefined
  if (
    value('no_proxy')
      .split(',')
      .some((entry) => isMeant(entry.trim().toLowerCase(), host, usedPort))
  )
    return undefined
  return URL.canParse(proxy) && /^(https?|socks\w*):\/\//i.test(proxy) ? proxy : `http://${proxy}`
}

/** Whether an entry of NO_PROXY means this host: a name with all below it, `.name` those below it, an address, a net. */
function isMeant(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const [, name = '', entryPort] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) ? `[${entry}]` : entry) ?? []
  if (name === '' || (entryPort !== undefined && entryPort !== port)) return false
  const [net = '', bits] = name.split('/')
  if (bits !== undefined && isIP(net)) return isIP(host) !== 0 && isInNet(host, net, Number(bits))
  if (isIP(name) || isIP(host)) return name === host
  const suffix = name.replace(/^\*?\.?/, '.')
  return host.endsWith(suffix) || (!/^[*.]/.test(name) && host === name)
}

function isInNet(host: string, net: string, bits: number): boolean {
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const list = new BlockList()
  try {
    list.addSubnet(net, bits, family(net))
  } catch {
    return false
  }
  return list.check(host, family(host))
}
