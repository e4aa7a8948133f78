import type { ServerExit } from '../../../shared/contract/server'
import { endsInNativeCode } from '../../../shared/ollama/crash'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'
import type { ChildExit } from '../../process/child'
import { type AddressFacts, addressFacts, findFreePort } from './address-facts'

type Reason = ServerExit['reason']
type Exit = { code: number | null; signal: string | null; error: Error | null; lastLines: readonly string[] }

type Asked = {
  lastLines(count: number): string[]
  address: { host: string; port: number }
}

const toldLines = 20

/** How a server ended: what is told of it, and a port beside one that cannot be had. */
export async function describeExit(
  { code, signal, error }: ChildExit,
  { lastLines: last, address }: Asked,
  known?: Reason,
): Promise<ServerExit> {
  const atMs = Date.now()
  const lastLines = error ? [error.message] : last(toldLines)
  const facts = lastLines.some((line) => says('bind-fails', line)) ? await addressFacts(address) : unasked
  const reason = known ?? exitReason({ code, signal, error, lastLines }, facts)
  const needsPort = reason === 'port-taken' || reason === 'port-reserved'
  const freePort = needsPort ? await findFreePort(address.host, address.port) : null
  return { code, signal, atMs, lastLines, reason, port: address.port, freePort }
}

const unasked: AddressFacts = { hasListener: false, isOfThisMachine: true, isReserved: false }

/** What it could not start with; the first that is said decides. */
const hindrances: [KnownLine, (address: AddressFacts) => Reason][] = [
  ['port-taken', () => 'port-taken'],
  // The same words are said where another program has the port to itself.
  ['port-reserved', ({ hasListener }) => (hasListener ? 'port-taken' : 'port-reserved')],
  ['no-home', () => 'no-home'],
  ['bad-origin', () => 'bad-origin'],
  ['address-refused', () => 'permission'],
  ['address-not-here', () => 'bad-address'],
  // In a language that is not in the table: the machine is asked instead.
  ['bind-fails', whyNotBound],
  ['address-unusable', () => 'bad-address'],
]

const folderHindrances: [KnownLine, Reason][] = [
  ['disk-full', 'disk-full'],
  ['folder-not-made', 'permission'],
  ['file-refused', 'permission'],
]

function whyNotBound({ hasListener, isOfThisMachine, isReserved }: AddressFacts): Reason {
  if (hasListener) return 'port-taken'
  if (!isOfThisMachine) return 'bad-address'
  return isReserved ? 'port-reserved' : 'unknown'
}

/** Windows: the console was closed, Ctrl-C was pressed, or the user logged off. */
const consoleClosed = 0xc000013a
/** Windows could not find, or start, a library of the program: no crash of its own. */
const libraryMissing = new Set([0xc0000135, 0xc0000142, 0xc0000139])
/** Windows ends a process with the number of the exception: access violation, illegal instruction, fail-fast and their like. */
const isException = (code: number | null) => code !== null && code >>> 28 === 0xc && !libraryMissing.has(code)
const crashSignals = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP', 'SIGSYS']

/** Why a server ended that nobody asked to: from its code, its last words, and what the machine says of its address. */
export function exitReason({ code, signal, error, lastLines }: Exit, address = unasked): Reason {
  const isSaid = (known: KnownLine) => lastLines.some((line) => says(known, line))
  const hindrance = hindrances.find(([known]) => isSaid(known))?.[1](address)
  if (hindrance) return hindrance
  const failed = lastLines.filter((line) => says('command-failed', line))
  const folder = folderHindrances.find(([known]) => failed.some((line) => says(known, line)))?.[1]
  if (folder) return folder
  if (signal === 'SIGKILL') return 'killed'
  // Ended in order, whatever one of its runners has said before.
  if (code === 0 || code === consoleClosed) return 'stopped-by-other'
  const isNative = endsInNativeCode(lastLines) || isException(code) || crashSignals.includes(signal ?? '')
  const hasPanicked = isSaid('server-panics')
  if ((hasPanicked || lastLines.some((line) => /std::bad_alloc/.test(line))) && isSaid('memory-full')) {
    return 'out-of-memory'
  }
  if (isNative) return 'native-crash'
  if (hasPanicked) return 'panic'
  if (code === null && signal === null && error === null) return 'unseen'
  return 'unknown'
}
