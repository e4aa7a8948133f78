import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { clientUrl } from '../../../shared/ollama/setting-values'
import { findListener } from '../../process/port-owner'
import { isReservedPort } from '../../process/reserved-ports'
import { type Probe, probe, probeTimeoutMs } from './probe'

/** What the machine says of an address that a server could not listen on. */
export type AddressFacts = { hasListener: boolean; isOfThisMachine: boolean; isReserved: boolean }

type Address = { host: string; port: number }

export async function addressFacts({ host, port }: Address): Promise<AddressFacts> {
  const [isHere, isTaken, isReserved] = await Promise.all([
    isOfThisMachine(host),
    accepts(host, port),
    isReservedPort(port),
  ])
  const hasListener = isHere && (isTaken || (await findListener(port)) !== null)
  return { hasListener, isOfThisMachine: isHere, isReserved }
}

/** Whether a server could listen on this host at all: the system is asked by listening there, on a port of its choice. */
export async function isOfThisMachine(host: string): Promise<boolean> {
  const problem = await bindProblem({ host, port: 0 })
  return !['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(problem ?? '')
}

/** Who answers where a server of these settings would: a gateway in between, or silence, says nothing of a foreign host. */
export async function whoAnswers(settings: Address, onLeft: (path: string) => void): Promise<Probe> {
  const answer = await probe(clientUrl(settings), probeTimeoutMs, onLeft)
  const isNamed = answer.kind === 'ollama' || answer.kind === 'nobody'
  return isNamed || (await isOfThisMachine(settings.host)) ? answer : { kind: 'nobody' }
}

/** The first port after this one that a server could have: nobody answers there, and the system lets us listen. */
export async function findFreePort(host: string, after: number): Promise<number | null> {
  if (!(await isOfThisMachine(host))) return null
  for (let port = after + 1; port <= Math.min(65_535, after + portsTried); port++) {
    // Windows lets one listen beside a program that listens on all addresses: it is asked for an answer as well.
    if ((await bindProblem({ host, port })) === null && !(await accepts(host, port))) return port
  }
  return null
}

/** Windows keeps ports a hundred at a time. */
const portsTried = 600

/** The system's code for why nobody can listen there; null where one can. */
async function bindProblem({ host, port }: Address): Promise<string | null> {
  const server = createServer()
  try {
    server.listen({ host: bare(host), port, exclusive: true })
    await once(server, 'listening')
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  } finally {
    server.close()
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const everywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
    const socket = connect({ host: everywhere[bare(host)] ?? bare(host), port, timeout: 500 })
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => settle(true))
    socket.on('error', () => settle(false))
    socket.on('timeout', () => settle(false))
  })
}

/** An address of IPv6 without the brackets that it has in an URL. */
const bare = (host: string) => host.replace(/^\[(.*)\]$/, '$1')
