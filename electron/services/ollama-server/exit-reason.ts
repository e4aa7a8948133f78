import type { ServerExit } from '../../../shared/contract/server'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'
import type { ChildExit } from '../../process/child'

type Exit = { code: number | null; signal: string | null; error: Error | null; lastLines: readonly string[] }

const toldLines = 20

/** How a server ended: what is told of it. */
export function describeExit(
  { code, signal, error }: ChildExit,
  log: { lastLines(count: number): string[] },
  known?: ServerExit['reason'],
): ServerExit {
  const lastLines = error ? [error.message] : log.lastLines(toldLines)
  const reason = known ?? exitReason({ code, signal, error, lastLines })
  return { code, signal, atMs: Date.now(), lastLines, reason }
}

/** What it could not start with; the first that is said decides. */
const hindrances: [KnownLine, ServerExit['reason']][] = [
  ['port-taken', 'port-taken'],
  ['no-home', 'no-home'],
  ['bad-origin', 'bad-origin'],
  ['address-refused', 'permission'],
  ['folder-not-made', 'permission'],
  ['address-unusable', 'bad-address'],
]

/** Why a server ended that nobody asked to: from its code and its last words. */
export function exitReason({ code, signal, error, lastLines }: Exit): ServerExit['reason'] {
  const isSaid = (known: KnownLine) => lastLines.some((line) => says(known, line))
  const hindrance = hindrances.find(([known]) => isSaid(known))?.[1]
  if (hindrance) return hindrance
  if (signal === 'SIGKILL') return 'killed'
  if (isSaid('server-panics')) return isSaid('memory-full') ? 'out-of-memory' : 'panic'
  if (code === 0) return 'stopped-by-other'
  if (code === null && signal === null && error === null) return 'unseen'
  return 'unknown'
}
