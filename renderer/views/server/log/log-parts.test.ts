import { expect, test } from 'vitest'
import { partsOf } from './log-parts'

const said = (text: string, level: 'error' | 'warn' | 'info' | 'debug' | 'access' | 'plain' = 'plain') => {
  const { pieces, ...rest } = partsOf({ stream: 'stderr', level, text })
  const marked = pieces.map((piece) => (piece.isFaint ? `<${piece.text}>` : piece.text))
  return { ...rest, message: marked.join('') }
}

test('a line of slog gives its source, its message, and pairs whose names step back', () => {
  const line =
    'time=2026-11-22T23:00:58.941Z level=WARN source=types.go:130 msg="inference compute" id=0 library=cpu total="23.5 GiB"'
  expect(said(line, 'warn')).toEqual({
    level: 'WARN',
    source: 'types.go:130',
    message: 'inference compute <id=>0 <library=>cpu <total=>"23.5 GiB"',
  })
})

test('quotes and line ends in a message of slog are shown as they were meant, on one line', () => {
  const line = 'time=2026-11-22T23:00:58Z level=ERROR source=sched.go:1 msg="said \\"no\\"\\n  twice" error="exit 2"'
  expect(said(line, 'error').message).toBe('said "no" ↵ twice <error=>"exit 2"')
})

test('a line of slog without a source or a message loses nothing', () => {
  expect(said('time=2026-11-22T23:00:58Z level=INFO msg=offload layers=13', 'info')).toEqual({
    level: 'INFO',
    source: '',
    message: 'offload <layers=>13',
  })
  expect(said('time=2026-11-22T23:00:58Z level=DEBUG source=a.go:1 key=1', 'debug').message).toBe(' <key=>1')
})

test("a line of Go's own logger, as 0.5.12 begins", () => {
  const line = '2026/11/22 23:00:58 routes.go:1205: INFO server config env="map[OLLAMA_DEBUG:false]"'
  expect(said(line, 'info')).toEqual({
    level: 'INFO',
    source: 'routes.go:1205',
    message: 'server config <env=>"map[OLLAMA_DEBUG:false]"',
  })
})

test.each([
  ['3.600003837s', '3.60 s'],
  ['2.063536ms', '2.06 ms'],
  ['18.2µs', '0.02 ms'],
  ['1m2.5s', '1m2.5s'],
])('an access line tells status, time (%s), client and path', (duration, shown) => {
  const line = `[GIN] 2026/11/26 - 15:52:50 | 200 |  ${duration} |       127.0.0.1 | POST     "/api/chat"`
  expect(said(line, 'access')).toEqual({
    level: '',
    source: 'gin',
    message: `<200  >${shown}  127.0.0.1  POST /api/chat`,
  })
})

test('an access line of a failure is an error', () => {
  expect(said('[GIN] 2026/11/26 - 15:52:50 | 500 | 3s | ::1 | POST     "/api/chat"', 'error').level).toBe('ERROR')
})

test.each([
  ['slot print_timing: id  0 | task 0 | eval time', 'slot', 'print_timing: id  0 | task 0 | eval time'],
  ['srv    load_model: loading', 'srv', 'load_model: loading'],
  ['ggml_cuda_init: found 2 devices', 'ggml_cuda_init', 'found 2 devices'],
])('a line of the engine gives who speaks: %s', (line, source, message) => {
  expect(said(line)).toEqual({ level: '', source, message })
})

test.each(['<|im_start|>user', "'", '', '    dry_base = 1.750', 'C:\\models: not found'])(
  'a line of no known shape is its own message: %s',
  (line) => {
    expect(said(line)).toEqual({ level: '', source: '', message: line })
  },
)

test('a failure is not taken for a speaker, and a line of Corral says so', () => {
  expect(said('panic: only one * is allowed', 'error')).toEqual({
    level: 'ERROR',
    source: '',
    message: 'panic: only one * is allowed',
  })
  expect(partsOf({ stream: 'corral', level: 'info', text: 'the server ended' })).toMatchObject({ source: 'corral' })
})
