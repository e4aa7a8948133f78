import { expect, test } from 'vitest'
import type { Verdict } from '../../../../shared/measure/result'
import { doubts, verdictKey } from './verdict-words'

const limited = (values: Record<string, number>): Verdict => ({ code: 'client-limited', level: 'bad', values })

test('a client that was the limit is said to be what it was: late, busy, or short of requests', () => {
  expect(verdictKey(limited({ loopDelayMs: 20, utilizationPercent: 3.7 }))).toBe('client-late')
  expect(verdictKey(limited({ loopDelayMs: 2, utilizationPercent: 80 }))).toBe('client-busy')
  expect(verdictKey(limited({ loopDelayMs: 2, utilizationPercent: 3.7, inFlight: 1.2 }))).toBe('client-idle')
  expect(verdictKey({ code: 'drift', level: 'caution', values: {} })).toBe('drift')
})

test('only what is grave casts doubt on the sentence', () => {
  const late = limited({ loopDelayMs: 20 })
  expect(doubts([late, { code: 'drift', level: 'caution', values: {} }])).toEqual([late])
})
