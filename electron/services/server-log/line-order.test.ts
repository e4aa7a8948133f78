import { expect, test } from 'vitest'
import { inOrder } from './line-order'

// Times without a zone are local ones, as those of access lines are.
const slog = (time: string, message: string) =>
  `time=2026-11-26T01:01:${time} level=INFO source=x.go:1 msg="${message}"`
const access = (second: string, path: string) =>
  `[GIN] 2026/11/26 - 01:01:${second} | 200 | 5.5ms | 127.0.0.1 | POST     "${path}"`

test('lines of both streams come in the order in which they were written', () => {
  const stdout = ["Couldn't find the key. Generating new private key.", access('17', '/api/show')]
  const stderr = [slog('17.136', 'server config'), slog('17.325', 'inference compute'), slog('18.400', 'loaded')]
  const texts = inOrder([
    { stream: 'stdout', lines: stdout },
    { stream: 'stderr', lines: stderr },
  ]).map(({ text }) => text)
  expect(texts).toEqual([stdout[0], stderr[0], stderr[1], stdout[1], stderr[2]])
})

test('a line without a time stays behind the one before it, and takes its time', () => {
  const stderr = [slog('17.000', 'loading'), 'llama_model_loader: loaded meta data', slog('19.000', 'loaded')]
  const said = inOrder([
    { stream: 'stdout', lines: [access('17', '/a'), access('18', '/b')] },
    { stream: 'stderr', lines: stderr },
  ])
  expect(said.map(({ stream }) => stream)).toEqual(['stderr', 'stderr', 'stdout', 'stdout', 'stderr'])
  expect(said[1]?.atMs).toBe(Date.parse('2026-11-26T01:01:17'))
})

test('no stream is ever put out of its own order', () => {
  const lines = [slog('19.000', 'later'), slog('17.000', 'earlier'), 'plain']
  expect(inOrder([{ stream: 'stderr', lines }]).map(({ text }) => text)).toEqual(lines)
})

test('F35: a stream that tells no time was heard before the next line that does, and is shown so', () => {
  const said = inOrder([
    { stream: 'stdout', lines: ["Couldn't find the key. Generating new private key."] },
    { stream: 'stderr', lines: [slog('17.317', 'server config'), slog('17.411', 'listening')] },
  ])
  expect(said.map(({ atMs }) => atMs)).toEqual(
    ['17.317', '17.317', '17.411'].map((at) => Date.parse(`2026-11-26T01:01:${at}`)),
  )
})
