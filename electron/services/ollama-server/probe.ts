import { get } from 'node:http'

export type Probe = { kind: 'ollama'; version: string } | { kind: 'silent' } | { kind: 'foreign' } | { kind: 'nobody' }

export const probeTimeoutMs = 2500
const largestAnswer = 4096
const probedPath = '/api/version'

/** Who answers at this address. A server that accepts and does not answer in time is `silent`, a program that is not Ollama `foreign`. */
export function probe(baseUrl: string, timeoutMs: number, onLeft = (_path: string) => {}): Promise<Probe> {
  // A settings file edited by hand may name a host that is none.
  if (!URL.canParse(baseUrl)) return Promise.resolve({ kind: 'nobody' })
  return new Promise((resolve) => {
    const request = get(new URL(probedPath, baseUrl), { agent: false, timeout: timeoutMs }, (response) => {
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
      request.removeListener('timeout', leave)
      request.destroy()
      resolve(answer)
    }
    // The request's own timeout is one of idleness; a drip of bytes would hold it open for ever.
    const leave = () => {
      onLeft(probedPath)
      settle({ kind: 'silent' })
    }
    const timer = setTimeout(leave, timeoutMs)
    request.on('timeout', leave)
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
