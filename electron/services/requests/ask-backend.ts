import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerEvent } from '../../../shared/backends/answer-event'
import type { ModelRef } from '../../../shared/backends/model-ref'
import type { FailureCode } from '../../../shared/failure'
import { retryDecision } from '../../../shared/requests/retry-policy'
import type { Question } from '../../wire/question'
import { type AskedBackend, type AttemptFacts, attempt } from './attempt'

/** One POST of an ask: when after its begin, what status came, how it failed. */
export type Attempted = { atMs: number; status: number | null; failure: FailureCode | null }

export type AskOptions = {
  model: ModelRef
  mostRetries: number
  /** Told once an attempt is over. */
  onAttempted?: (attempted: Attempted) => void
}

type Ended = Extract<AnswerEvent, { kind: 'end' }>

const stopped: Ended = { kind: 'end', outcome: 'stopped', failure: null, finishReason: null, server: null }

/**
 * Asks a backend and tells what comes of it, in batches; the one `end` is the last event. In the normal case exactly one
 * POST; again only as the policy says, never after the first delta.
 */
export async function* askBackend(
  backend: AskedBackend,
  question: Question,
  { model, mostRetries, onAttempted }: AskOptions,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent[], void, void> {
  const beganMs = performance.now()
  for (let [retriesMade, waitedMs] = [0, 0]; ; retriesMade += 1) {
    const facts: AttemptFacts = { status: null, wasSent: false, hasDelta: false, toldWaitMs: null, isLinkBroken: false }
    const atMs = performance.now() - beganMs
    yield [{ kind: 'attempt', number: retriesMade + 1, model }]
    let last: AnswerEvent[] = []
    let end: Ended = stopped
    for await (const batch of attempt(backend, question, facts, signal)) {
      const ended = batch.find((event) => event.kind === 'end')
      if (!ended) yield batch
      else {
        end = ended
        last = batch
      }
    }
    onAttempted?.({ atMs: Math.round(atMs), status: facts.status, failure: end.failure?.code ?? null })
    const failure = end.outcome === 'failed' ? end.failure : null
    const decision = failure
      ? retryDecision({ ...facts, code: failure.code }, { retriesMade, waitedMs, mostRetries }, Math.random())
      : null
    if (!failure || !decision?.isRetried) return yield last
    yield [{ kind: 'retry', atMs: Date.now() + decision.waitMs, failure }]
    await pause(decision.waitMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return yield [stopped]
    waitedMs += decision.waitMs
  }
}
