import { expect, test } from 'vitest'
import { givenContext, setContext } from './set-context'

const row = (asked: string | null, reason: string | null = null) => [
  { variable: 'OLLAMA_CONTEXT_LENGTH', asked, reason },
]

test('the context that a server was told is what it gives', () => {
  expect(setContext(row('8192'))).toBe(8192)
  expect(setContext(row('8192', 'contextByRequest'))).toBe(8192)
})

test('none where nobody told it one, or its version does not read it', () => {
  expect(setContext([])).toBeNull()
  expect(setContext(row(null))).toBeNull()
  expect(setContext(row('0'))).toBeNull()
  expect(setContext(row('8192', 'unknownToVersion'))).toBeNull()
})

test('F10: the context that is given to who asks for none is the one that was set, or chosen by memory', () => {
  const given = (asked: string | null, inForce: string | null, evidence: string) =>
    givenContext([{ variable: 'OLLAMA_CONTEXT_LENGTH', asked, inForce, reason: null, evidence }])
  expect(given('8192', '2048', 'ps')).toBe(8192)
  expect(given(null, '32768', 'log')).toBe(32_768)
  // What is loaded may be what a benchmark asked for.
  expect(given(null, '2048', 'ps')).toBeNull()
  expect(givenContext([])).toBeNull()
})
