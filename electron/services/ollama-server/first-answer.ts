import { setTimeout as pause } from 'node:timers/promises'
import { clientUrl } from '../../../shared/ollama/setting-values'
import type { OwnedServer } from './owned-server'
import { probe, probeTimeoutMs } from './probe'

const readyWithinMs = 120_000
const askEveryMs = 100

/** The version that a server tells with its first answer; null where it ends, is called off, or takes too long. */
export async function firstAnswer(
  server: OwnedServer,
  cancelled: AbortSignal,
  ended: Promise<void>,
): Promise<string | null> {
  // A clock that is set back must not hold this up.
  const untilMs = performance.now() + readyWithinMs
  while (performance.now() < untilMs && !cancelled.aborted && !server.hasExited) {
    const answer = await probe(clientUrl(server.applied), probeTimeoutMs)
    if (answer.kind === 'ollama' && !server.hasExited) return answer.version
    await Promise.race([pause(askEveryMs, undefined, { signal: cancelled }).catch(() => {}), ended])
  }
  return null
}
