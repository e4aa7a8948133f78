import { expect, test } from 'vitest'
import { ServerLog } from './server-log'

const trace = Array.from({ length: 40 }, (_, place) => `github.com/spf13/cobra/command.go:${place} +0x398`)

test('what a server said last is its last lines, without access lines and our own', () => {
  const log = new ServerLog()
  log.add('stderr', ['one', 'two', 'Error: listen tcp'])
  log.add('stdout', ['[GIN] 2026/11/22 - 10:00:00 | 200 | 1ms | 127.0.0.1 | GET "/"'])
  log.add('corral', ['the server ended'])
  expect(log.lastLines(2)).toEqual(['two', 'Error: listen tcp'])
})

test('after a panic, what it said last begins with the panic, however long its trace', () => {
  const log = new ServerLog()
  log.add('stderr', ['server config', 'panic: only one * is allowed', '', 'goroutine 1 [running]:', ...trace])
  const lines = log.lastLines(20)
  expect(lines[0]).toBe('panic: only one * is allowed')
  expect(lines).toHaveLength(20)
})
