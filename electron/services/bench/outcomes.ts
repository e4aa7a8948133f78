import type { AnswerOutcome } from '../../../shared/backends/answer-event'
import { Failure, type FailureCode } from '../../../shared/failure'
import type { BenchRequest, Outcome } from '../../../shared/measure/result'
import { isFailed } from '../../../shared/measure/stage'
import { failureOfWords } from '../../wire/failures'
import type { StreamReading } from './stream-reading'

/**
 * What a measured request is called where answers are spoken of, and what it means to a user; without a code its own
 * words say that. The model was loaded by then: a server that takes no connection has gone away since.
 */
export const outcomes: Record<Outcome, { answer: AnswerOutcome; code: FailureCode | null }> = {
  ok: { answer: 'done', code: null },
  truncated: { answer: 'cut', code: 'serverConnectionLost' },
  cancelled: { answer: 'stopped', code: null },
  'stream-error': { answer: 'failed', code: null },
  empty: { answer: 'failed', code: null },
  'only-loaded': { answer: 'failed', code: 'modelOnlyLoaded' },
  unreadable: { answer: 'failed', code: null },
  connect: { answer: 'failed', code: 'serverConnectionLost' },
  'timeout-first-token': { answer: 'failed', code: 'serverNotAnswering' },
  'timeout-idle': { answer: 'failed', code: 'serverNotAnswering' },
  'queue-full': { answer: 'failed', code: 'serverBusy' },
  'http-401': { answer: 'failed', code: null },
  'http-429': { answer: 'failed', code: null },
  'http-4xx': { answer: 'failed', code: null },
  'http-5xx': { answer: 'failed', code: null },
}

/**
 * How a body that ended by itself is to be taken. An error inside it outweighs all else, a missing end the tokens;
 * nonsense after a token says no error.
 */
export function judge(reading: StreamReading): Outcome {
  if (reading.error !== null || reading.finishReason === 'error') return 'stream-error'
  if (!reading.isDone && reading.eventCount === 0) {
    if (reading.finishReason === 'load' || reading.finishReason === 'unload') return 'only-loaded'
    if (reading.isUnreadable) return 'unreadable'
  }
  if (!reading.isDone) return 'truncated'
  return reading.eventCount > 0 ? 'ok' : 'empty'
}

export function outcomeOfStatus(status: number, text: string): Outcome {
  if (status === 503 && text.includes('server busy')) return 'queue-full'
  if (status === 401 || status === 403) return 'http-401'
  if (status === 429) return 'http-429'
  return status >= 500 ? 'http-5xx' : 'http-4xx'
}

type Ended = Pick<BenchRequest, 'outcome' | 'status' | 'detail'>

/** What most of the failed requests say, in a user's terms; of as many, the later. */
export function mostFrequentFailure(seen: readonly Ended[]): Failure {
  const counted = new Map<FailureCode, { count: number; failure: Failure }>()
  for (const request of seen) {
    if (!isFailed(request)) continue
    const failure = failureOf(request)
    counted.set(failure.code, { count: (counted.get(failure.code)?.count ?? 0) + 1, failure })
  }
  const most = [...counted.values()].reduce<{ count: number; failure: Failure } | null>(
    (best, one) => (best === null || one.count >= best.count ? one : best),
    null,
  )
  return most?.failure ?? new Failure('ollamaFailed')
}

function failureOf({ outcome, status, detail }: Ended): Failure {
  const { code } = outcomes[outcome]
  return code === null ? failureOfWords('ollama', status, detail ?? outcome) : new Failure(code, detail ?? undefined)
}
