import { expect, test } from 'vitest'
import { codeChunks } from './code-chunks'

const code = Array.from({ length: 3000 }, (_, count) =>
  count % 17 === 16 ? '' : count % 17 === 0 ? `def f${count}():` : `    x = ${count}`,
).join('\n')

test('nothing is lost', () => expect(codeChunks(code).join('')).toBe(code))

test('a piece has at most 120 lines, and ends before a new part where there is one', () => {
  const chunks = codeChunks(code)
  for (const chunk of chunks) expect(chunk.split('\n').length).toBeLessThanOrEqual(121)
  for (const chunk of chunks.slice(1)) expect(chunk).toMatch(/^def/)
})

test('a piece that is whole never changes while more code comes', () => {
  const whole = codeChunks(code)
  for (let length = 0; length < code.length; length += 777) {
    const some = codeChunks(code.slice(0, length)).slice(0, -1)
    expect(some).toEqual(whole.slice(0, some.length))
  }
})

test('code without a line end is one piece', () => expect(codeChunks('x'.repeat(10_000))).toHaveLength(1))
test('no code has no piece', () => expect(codeChunks('')).toEqual([]))
