import { expect, test } from 'vitest'
import type { LogLevel } from '../../../shared/contract/server-log'
import { redact } from '../../platform/redact'
import { ServerLog } from './server-log'

const trace = Array.from({ length: 40 }, (_, place) => `github.com/spf13/cobra/command.go:${place} +0x398`)

test('what a server said last is its last lines, without access lines and our own', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', ['one', 'two', 'Error: listen tcp'])
  log.add('stdout', ['[GIN] 2026/11/22 - 10:00:00 | 200 | 1ms | 127.0.0.1 | GET "/"'])
  log.add('corral', ['the server ended'])
  expect(log.lastLines(2)).toEqual(['two', 'Error: listen tcp'])
})

test('after a panic, what it said last begins with the panic, however long its trace', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', ['server config', 'panic: only one * is allowed', '', 'goroutine 1 [running]:', ...trace])
  const lines = log.lastLines(20)
  expect(lines[0]).toBe('panic: only one * is allowed')
  expect(lines).toHaveLength(20)
})

const clock = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, seconds)).toISOString()
const slog = (level: string, message: string, seconds = 0) =>
  `time=${clock(seconds)} level=${level} source=sched.go:1 msg="${message}"`

/** Numbers 1 to 6: info, warning, error, engine, access, error. */
function mixed() {
  const log = new ServerLog(redact)
  log.add('stderr', [slog('INFO', 'CUDA found'), slog('WARN', 'one'), slog('ERROR', 'no cuda')])
  log.add('stderr', ['ggml_cuda_init: found 2 devices'])
  log.add('stdout', ['[GIN] 2026/11/22 - 10:00:00 | 200 | 1ms | 127.0.0.1 | GET "/"'])
  log.add('stderr', [slog('ERROR', 'out of memory')])
  return log
}

test('the summary counts the kept lines of each level, also after the oldest are dropped and after a new beginning', async () => {
  const log = mixed()
  expect(log.summary.current.counts).toEqual({ error: 2, warn: 1, info: 1, debug: 0, access: 1, plain: 1 })
  log.add('stderr', Array<string>(110_000).fill(slog('INFO', 'again')))
  expect(log.summary.current).toMatchObject({
    lineCount: 100_000,
    lastNumber: 110_006,
    counts: { error: 0, warn: 0, info: 100_000, plain: 0 },
  })
  log.clear()
  expect(log.summary.current).toMatchObject({ lineCount: 0, lastNumber: 110_006, counts: { info: 0 } })
})

test('a text is found in any case of letters, from a line on, in both directions and over the ends', async () => {
  const log = mixed()
  const find = (fromNumber: number, direction: 'here' | 'next' | 'previous') =>
    log.find({ search: 'Cuda', fromNumber, direction })
  expect(await find(0, 'here')).toEqual({ number: 1, place: 0, rank: 1, matchCount: 3 })
  expect(await find(3, 'here')).toMatchObject({ number: 3, rank: 2 })
  expect(await find(2, 'here')).toMatchObject({ number: 3, rank: 2 })
  expect(await find(3, 'next')).toMatchObject({ number: 4, rank: 3 })
  expect(await find(4, 'next')).toMatchObject({ number: 1, rank: 1 })
  expect(await find(3, 'previous')).toMatchObject({ number: 1, rank: 1 })
  expect(await find(1, 'previous')).toMatchObject({ number: 4, rank: 3 })
  expect(await find(99, 'previous')).toMatchObject({ number: 4, rank: 3 })
  expect(await log.find({ search: 'nothing of this', fromNumber: 0, direction: 'here' })).toBeNull()
})

test('a level is found as a text is, and places are those among the lines of the filter', async () => {
  const log = mixed()
  expect(await log.find({ level: 'error', fromNumber: 4, direction: 'here' })).toEqual({
    number: 6,
    place: 5,
    rank: 2,
    matchCount: 2,
  })
  const few = { levels: ['error', 'warn'] as LogLevel[] }
  expect(await log.find({ ...few, search: 'memory', fromNumber: 0, direction: 'here' })).toEqual({
    number: 6,
    place: 2,
    rank: 1,
    matchCount: 1,
  })
  expect((await log.read({ ...few, from: 2, count: 10 })).lines.map(({ number }) => number)).toEqual([6])
})

test('another server begins after what the one before it said, and is judged by its own lines', async () => {
  const log = new ServerLog(redact)
  log.beginServer()
  expect(log.lines).toEqual([])
  log.add('stderr', [slog('INFO', 'server config one'), 'panic: of the first'])
  log.beginServer()
  log.add('stderr', [slog('INFO', 'server config two')])
  expect(log.lines.map(({ text }) => text)).toEqual(['a server is started', slog('INFO', 'server config two')])
  expect(log.lastLines(5)).toEqual([slog('INFO', 'server config two')])
  expect(await log.find({ level: 'error', fromNumber: 0, direction: 'here' })).toMatchObject({
    number: 2,
    matchCount: 1,
  })
  log.add('stderr', Array<string>(110_001).fill(slog('INFO', 'again')))
  expect(log.lines).toHaveLength(100_030)
  expect(log.lines[1]?.text).toBe(slog('INFO', 'server config two'))
})

test('what is said while the lines are looked through moves nothing: places and numbers are those of one moment', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', Array<string>(100_000).fill(slog('ERROR', 'wanted')))
  const few = { levels: ['error'] as LogLevel[] }
  const reading = log.read({ ...few, from: 0, count: 1 })
  const finding = log.find({ ...few, search: 'wanted', fromNumber: 50_000, direction: 'here' })
  log.add('stderr', Array<string>(20_000).fill(slog('ERROR', 'wanted later')))
  expect(await reading).toMatchObject({ matchCount: 100_000, firstNumber: 1, lines: [{ number: 1 }] })
  expect(await finding).toEqual({ number: 50_000, place: 49_999, rank: 50_000, matchCount: 100_000 })
})

test('others have their turn while a long log is looked through', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', Array<string>(100_000).fill(slog('ERROR', 'a line of a usual length '.repeat(8))))
  let turns = 0
  const ticking = setInterval(() => turns++, 0)
  await log.find({ search: 'nothing of this', fromNumber: 0, direction: 'here' })
  clearInterval(ticking)
  expect(turns).toBeGreaterThan(1)
})
