import type { Answer } from '../../../shared/contract/chats'
import type { Standstill } from '../../platform/standstills'

/** Since waking: a server that is there says something within this time, or nothing any more. */
const afterWakingMs = 5000
/** An answer that has begun comes steadily; one that has not may take minutes to load or to read. */
const afterWordMs = 10_000

export type Quiet = NonNullable<Answer['quiet']>

type Seen = { nowMs: number; askedAtMs: number; lastWordMs: number | null; standstill: Standstill | null }

/** Whether an answer under way has fallen silent, and perhaps why; all on the clock of `performance.now()`. */
export function quietOf({ nowMs, askedAtMs, lastWordMs, standstill }: Seen): Quiet | null {
  const heardAtMs = lastWordMs ?? askedAtMs
  const sinceMs = Date.now() - (nowMs - heardAtMs)
  // What was in the pipe is read before the timer sees how late it is: a word at the same moment is from before.
  const isAfterWaking = standstill !== null && standstill.atMs > askedAtMs && heardAtMs <= standstill.atMs
  if (isAfterWaking && nowMs - standstill.atMs >= afterWakingMs) return { sinceMs, standstillMs: standstill.durationMs }
  if (lastWordMs !== null && nowMs - lastWordMs >= afterWordMs) return { sinceMs, standstillMs: null }
  return null
}
