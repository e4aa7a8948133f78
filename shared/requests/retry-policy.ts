import type { FailureCode } from '../failure'

/** What may be tried again at all, and only before the first delta: pricing.md, 6.2, and what five gateways said. */
const retryable: ReadonlySet<FailureCode> = new Set([
  'cannotConnect',
  'nameNotFound',
  'firstTokenTimeout',
  'rateLimited',
])

export const mostRetries = 3
/** Of all waits together: whoever asks sits before the screen. */
export const retryBudgetMs = 20_000
/** A server that asks for longer is not waited for. */
export const longestToldWaitMs = 60_000

const firstWaitMs = 500
const longestOwnWaitMs = 8000

export type FailedAttempt = {
  code: FailureCode
  /** The status of the answer; null where none came. */
  status: number | null
  /** Anything of the answer had arrived. */
  hasDelta: boolean
  /** The connection itself broke. */
  isLinkBroken: boolean
  /** What the server asked to be waited; null: it said nothing that can be read. */
  toldWaitMs: number | null
}

export type RetryDecision =
  | { isRetried: true; waitMs: number }
  | { isRetried: false; why: 'delivered' | 'neverBetter' | 'mayBePaid' | 'retriesUsedUp' | 'tooLong' }

/**
 * Whether an attempt that failed is made again, and after how long: full jitter, U(0, min(8 s, 0.5 s · 2^n)), or what the
 * server told where that is more.
 * @param retriesMade how many times it was tried again already
 * @param waitedMs the waits so far
 * @param random from 0 to 1
 */
export function retryDecision(
  failed: FailedAttempt,
  {
    retriesMade,
    waitedMs,
    mostRetries: most = mostRetries,
  }: { retriesMade: number; waitedMs: number; mostRetries?: number },
  random: number,
): RetryDecision {
  if (failed.hasDelta) return { isRetried: false, why: 'delivered' }
  if (!isTransient(failed)) return { isRetried: false, why: 'neverBetter' }
  // Silence or a break after the question was sent whole: one more try at most, since both may be paid.
  const isPaidMaybe = failed.isLinkBroken || failed.code === 'firstTokenTimeout'
  if (retriesMade >= Math.min(most, isPaidMaybe ? 1 : most)) {
    return { isRetried: false, why: isPaidMaybe && most > 1 && retriesMade < most ? 'mayBePaid' : 'retriesUsedUp' }
  }
  const ownMs = random * Math.min(longestOwnWaitMs, firstWaitMs * 2 ** retriesMade)
  const toldMs = failed.toldWaitMs ?? 0
  const waitMs = Math.max(ownMs, toldMs)
  if (toldMs > longestToldWaitMs || waitedMs + waitMs > retryBudgetMs) return { isRetried: false, why: 'tooLong' }
  return { isRetried: true, waitMs }
}

const transientStatuses = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529])

/** A status alone says little: relays answer 500 to a client's fault and 503 to an unknown model, which their code tells. */
function isTransient({ code, status, isLinkBroken }: FailedAttempt): boolean {
  if (retryable.has(code)) return true
  return code === 'relayFailed' && (isLinkBroken || (status !== null && transientStatuses.has(status)))
}
