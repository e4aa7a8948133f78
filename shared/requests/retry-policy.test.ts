import { expect, test } from 'vitest'
import { type FailedAttempt, retryDecision } from './retry-policy'

const failed = (changes: Partial<FailedAttempt> = {}): FailedAttempt => ({
  code: 'relayFailed',
  status: 503,
  hasDelta: false,
  isLinkBroken: false,
  toldWaitMs: null,
  ...changes,
})
const first = { retriesMade: 0, waitedMs: 0 }
const decided = (changes: Partial<FailedAttempt>, soFar = first, random = 0.5) =>
  retryDecision(failed(changes), soFar, random)

test.each<[string, Partial<FailedAttempt>, boolean]>([
  ['nobody listens', { code: 'cannotConnect', status: null }, true],
  ['a 429', { code: 'rateLimited', status: 429 }, true],
  ['a 500', { code: 'relayFailed', status: 500 }, true],
  ['a 529', { status: 529 }, true],
  ['a 400', { code: 'relayFailed', status: 400 }, false],
  ['a refused key', { code: 'keyRefused', status: 401 }, false],
  ['no credit, told by a 429', { code: 'outOfCredit', status: 429 }, false],
  ['an unknown model, told by a 503', { code: 'unknownModel', status: 503 }, false],
  ['a prompt that is too long', { code: 'contextTooLong', status: 400 }, false],
  ['a certificate', { code: 'tlsFailed', status: null }, false],
  ['an error in a 200', { status: 200 }, false],
  ['a connection that broke before the first word', { status: 200, isLinkBroken: true }, true],
  ['anything after the first word', { hasDelta: true }, false],
])('%s is tried again: %j is %s', (_, changes, isRetried) => {
  expect(decided(changes).isRetried).toBe(isRetried)
})

test('waits grow with jitter, and what the server told is waited where it is more', () => {
  const at = (retriesMade: number, random: number, toldWaitMs: number | null = null) =>
    retryDecision(failed({ toldWaitMs }), { retriesMade, waitedMs: 0 }, random)
  expect([at(0, 1), at(1, 1), at(2, 1)]).toEqual([500, 1000, 2000].map((waitMs) => ({ isRetried: true, waitMs })))
  expect(at(0, 0)).toEqual({ isRetried: true, waitMs: 0 })
  expect(at(2, 0.5, 7000)).toEqual({ isRetried: true, waitMs: 7000 })
  expect(at(2, 0.5, 200)).toEqual({ isRetried: true, waitMs: 1000 })
})

test('three more tries within 20 seconds, and no longer', () => {
  expect(decided({}, { retriesMade: 3, waitedMs: 0 })).toEqual({ isRetried: false, why: 'retriesUsedUp' })
  expect(decided({ toldWaitMs: 15_000 }, { retriesMade: 1, waitedMs: 6000 })).toEqual({
    isRetried: false,
    why: 'tooLong',
  })
  expect(decided({ toldWaitMs: 61_000 })).toEqual({ isRetried: false, why: 'tooLong' })
})

test('silence after the question was sent is tried once more at most: both may be paid', () => {
  const silent = { code: 'firstTokenTimeout', status: null } as const
  expect(decided(silent).isRetried).toBe(true)
  expect(decided(silent, { retriesMade: 1, waitedMs: 0 })).toEqual({ isRetried: false, why: 'mayBePaid' })
})
