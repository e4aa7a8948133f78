import { expect, test } from 'vitest'
import { Lines } from './lines'

const bytes = (text: string) => Buffer.from(text)

test('a line is told once it has ended, however it ends', () => {
  const lines = new Lines(100)
  expect(lines.take(bytes('one\ntw'))).toEqual(['one'])
  expect(lines.take(bytes('o\r'))).toEqual([])
  expect(lines.take(bytes('\n\nthree'))).toEqual(['two', ''])
  expect(lines.rest()).toBe('three')
})

test('what ends with a line end leaves no rest', () => {
  const lines = new Lines(100)
  lines.take(bytes('one\n'))
  expect(lines.rest()).toBeNull()
})

test('cut anywhere, even inside a character, the lines are the same', () => {
  const text = bytes('显存 🙂\r\n量化\n')
  for (let cut = 1; cut < text.length; cut++) {
    const lines = new Lines(100)
    expect([...lines.take(text.subarray(0, cut)), ...lines.take(text.subarray(cut))]).toEqual(['显存 🙂', '量化'])
  }
})

test('of a line that is too long its beginning is told, and the next lines are whole', () => {
  const lines = new Lines(10)
  for (let chunk = 0; chunk < 200; chunk++) expect(lines.take(bytes('0123456789'))).toEqual([])
  expect(lines.take(bytes('end\nnext\n01234567890123\n'))).toEqual(['0123456789', 'next', '0123456789'])
  for (let chunk = 0; chunk < 200; chunk++) lines.take(bytes('x'.repeat(1000)))
  expect(lines.rest()).toBe('xxxxxxxxxx')
})
