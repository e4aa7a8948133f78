import { get } from 'node:http'
import { connect } from 'node:net'

export type Probe = { kind: 'ollama'; version: string } | { kind: 'silent' } | { kind: 'foreign' } | { kind: 'nobody' }

export const probeTimeoutMs = 2500
const largestAnswer = 4096

/** Who answers at this address. A server that accepts and does not answer in time is `silent`, a program that is not Ollama `foreign`. */
export function probe(baseUrl: string, timeoutMs: number): Promise<Probe> {
  // A settings file edited by hand may name a host that is none.
  if (!URL.canParse(baseUrl)) return Promise.resolve({ kind: 'nobody' })
  return new Promise((resolve) => {
    const request = get(new URL('/api/version', baseUrl), { agent: false, timeout: timeoutMs }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        body += piece
        if (body.length > largestAnswer) request.destroy()
      })
      response.on('close', () => settle(versionIn(body)))
    })
    const settle = (answer: Probe) => {
      clearTimeout(timer)
      request.destroy()
      resolve(answer)
    }
    // The request's own timeout is one of idleness; a drip of bytes would hold it open for ever.
    const timer = setTimeout(() => settle({ kind: 'silent' }), timeoutMs)
    request.on('timeout', () => settle({ kind: 'silent' }))
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isNobody = [
        'ECONNREFUSED',
        'EHOSTUNREACH',
        'ENETUNREACH',
        'ENOTFOUND',
        'EAI_AGAIN',
        'EADDRNOTAVAIL',
      ].includes(error.code ?? '')
      settle({ kind: isNobody ? 'nobody' : 'foreign' })
    })
  })
}

function versionIn(body: string): Probe {
  try {
    const { version } = JSON.parse(body) as { version?: unknown }
    return typeof version === 'string' ? { kind: 'ollama', version } : { kind: 'foreign' }
  } catch {
    return { kind: 'foreign' }
  }
}

/** The first port after this one on which nobody listens. */
export async function findFreePort(host: string, after: number): Promise<number | null> {
  for (let port = after + 1; port <= Math.min(65_535, after + 50); port++) {
    if (!(await accepts(host, port))) return port
  }
  return null
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: host === '0.0.0.0' ? '127.0.0.1' : host, port, timeout: 500 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => settle(true))
    socket.on('error', () => settle(false))
    socket.on('timeout', () => settle(true))
  })
}
