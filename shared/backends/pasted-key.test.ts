import { expect, test } from 'vitest'
import { maskedKey, readPastedKey } from './pasted-key'

test.each([
  'sk-abc',
  ' sk-abc',
  'sk-abc\n',
  'sk-abc\r',
  '\ufeffsk-abc',
  '\u00a0sk-abc',
  '“sk-abc”',
  '"sk-abc"',
  'Bearer sk-abc',
  'bearer   sk-abc ',
  'Authorization: Bearer sk-abc',
  '\u200bsk-abc\u3000',
])('R7: %j is sk-abc', (pasted) => {
  expect(readPastedKey(pasted)).toEqual({ ok: true, key: 'sk-abc' })
})

test.each<[string, string, number]>([
  ['sk-аbc', 'а', 4],
  ['sk-abc，', '，', 7],
  ['sk-a bc', ' ', 5],
  ['sk-a\nbc', '\n', 5],
  ['密钥sk-abc', '密', 1],
])('R7: %j is refused, its sign and place named', (pasted, sign, place) => {
  expect(readPastedKey(pasted)).toEqual({ ok: false, problem: 'sign', sign, place })
})

test.each(['', '  ', 'Bearer ', '“”'])('R7: %j holds no key', (pasted) => {
  expect(readPastedKey(pasted)).toEqual({ ok: false, problem: 'empty' })
})

test('what is shown of a key tells two apart and cannot be used', () => {
  expect(maskedKey('sk-1234567890abcd')).toBe('sk-…abcd')
  expect(maskedKey('cr_1234567890abcd')).toBe('cr_…abcd')
  expect(maskedKey('12345678')).toBe('…')
})
