import type { ServerExit } from '../../../shared/contract/server'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'

type Exit = { code: number | null; signal: string | null; error: Error | null; lastLines: readonly string[] }

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
