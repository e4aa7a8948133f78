import { expect, test } from 'vitest'
import type { Outcome } from '../../../shared/measure/result'
import { mostFrequentFailure, outcomes } from './outcomes'

const ended = (outcome: Outcome, status: number | null = 200, detail: string | null = null) => ({
  outcome,
  status,
  detail,
})

test('a finished request is done, a torn one cut, an ended one stopped, and all others have failed', () => {
  const of = (answer: string) =>
    Object.entries(outcomes).flatMap(([outcome, meant]) => (meant.answer === answer ? outcome : []))
  expect([of('done'), of('cut'), of('stopped')]).toEqual([['ok'], ['truncated'], ['cancelled']])
  expect(of('failed')).toHaveLength(Object.keys(outcomes).length - 3)
})

test('a failed run says what most of its requests say, not what the last one did', () => {
  const memory = ended('stream-error', 200, 'CUDA error: out of memory')
  const seen = [ended('ok'), memory, memory, ended('truncated'), memory, ended('connect', null, 'refused')]
  expect(mostFrequentFailure(seen)).toMatchObject({ code: 'modelTooLarge', detail: 'CUDA error: out of memory' })
  expect(mostFrequentFailure([...seen, ended('truncated')]).code).toBe('serverConnectionLost')
})

test.each<[ReturnType<typeof ended>, string]>([
  [ended('http-4xx', 404, `{"error":"model 'x' not found"}`), 'modelNotFound'],
  [ended('http-5xx', 503, '{"error":"another sentence"}'), 'serverBusy'],
  [ended('queue-full', 503, 'server busy'), 'serverBusy'],
  [ended('http-5xx', 500, '{"error":"llama runner process has terminated"}'), 'modelDidNotLoad'],
  [ended('connect', null, 'refused'), 'serverConnectionLost'],
  [ended('timeout-idle'), 'serverNotAnswering'],
  [ended('empty'), 'ollamaFailed'],
  [ended('only-loaded'), 'modelOnlyLoaded'],
])('C4 L18: %j means %s', (request, code) => expect(mostFrequentFailure([request]).code).toBe(code))
