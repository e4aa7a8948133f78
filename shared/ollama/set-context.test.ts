import { expect, test } from 'vitest'
import { setContext } from './set-context'

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
