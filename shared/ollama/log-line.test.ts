import { expect, test } from 'vitest'
import { type LogLevel, type LogLineParts, levelOf, pairsOf, partsOfLine, timeOf } from './log-line'

const slog = (level: string) => `time=2026-11-22T23:00:58.941Z level=${level} source=sched.go:1 msg="x"`

test.each<[string, LogLevel]>([
  [slog('ERROR'), 'error'],
  [slog('WARN'), 'warn'],
  [slog('INFO'), 'info'],
  [slog('DEBUG'), 'debug'],
  [slog('TRACE'), 'debug'],
  ['2026/11/22 23:00:58 routes.go:1205: INFO server config env="map[]"', 'info'],
  ['2026/11/22 23:00:58 routes.go:1205: WARN x', 'warn'],
  ['[GIN] 2026/11/26 - 15:52:50 | 200 |  3.6s |  127.0.0.1 | POST     "/api/chat"', 'access'],
  ['[GIN] 2026/11/26 - 15:52:50 | 404 |  3.6s |  127.0.0.1 | POST     "/api/chat"', 'access'],
  ['[GIN] 2026/11/26 - 15:52:50 | 500 |  3.6s |  127.0.0.1 | POST     "/api/chat"', 'error'],
  ['ggml_cuda_init: found 2 devices', 'plain'],
  ['llama_model_load: error loading model: tensor is missing', 'error'],
  ['ggml_backend_cuda_buffer_type_alloc_buffer: cudaMalloc failed: out of memory', 'error'],
  ['CUDA error: an illegal memory access was encountered', 'error'],
  ['Error: listen tcp: lookup xyz: no such host', 'error'],
  ['panic: only one * is allowed', 'error'],
  ['goroutine 1 [running]:', 'error'],
  ['', 'plain'],
])('%s is %s', (line, level) => expect(levelOf(line)).toBe(level))

test.each<[string, LogLineParts]>([
  [
    'time=2026-11-22T23:00:58Z level=ERROR source=sched.go:1 msg="said \\"no\\"" error="exit 2"',
    { shape: 'slog', level: 'ERROR', source: 'sched.go:1', message: 'said "no"', pairs: ' error="exit 2"' },
  ],
  [
    'time=2026-11-22T23:00:58Z level=INFO msg=offload layers=13',
    { shape: 'slog', level: 'INFO', source: '', message: 'offload', pairs: ' layers=13' },
  ],
  [
    '2026/11/22 23:00:58 routes.go:1205: INFO server config env="map[]"',
    { shape: 'logger', level: 'INFO', source: 'routes.go:1205', message: 'server config env="map[]"' },
  ],
  [
    '[GIN] 2026/11/26 - 15:52:50 | 200 |  2.06ms |       127.0.0.1 | POST     "/api/chat"',
    { shape: 'access', status: '200', duration: '2.06ms', client: '127.0.0.1', method: 'POST', path: '/api/chat' },
  ],
  ['slot print_timing: id  0', { shape: 'engine', source: 'slot', message: 'print_timing: id  0' }],
  ['ggml_cuda_init: found 2 devices', { shape: 'engine', source: 'ggml_cuda_init', message: 'found 2 devices' }],
  ['panic: only one * is allowed', { shape: 'other', message: 'panic: only one * is allowed' }],
  ["'", { shape: 'other', message: "'" }],
])('%s is taken apart', (line, parts) => expect(partsOfLine(line)).toEqual(parts))

test('pairs are read with quotes on either side', () => {
  expect(pairsOf('msg="inference compute" id=0 total="23.5 GiB" "a key"="with \\"quotes\\""')).toEqual({
    msg: 'inference compute',
    id: '0',
    total: '23.5 GiB',
    'a key': 'with "quotes"',
  })
})

test.each([
  ['time=2026-11-22T23:00:58.941Z level=INFO msg=x', Date.UTC(2026, 10, 22, 23, 0, 58, 941)],
  ['2026/11/22 23:00:58 routes.go:1205: INFO x', new Date(2026, 10, 22, 23, 0, 58).getTime()],
  ['[GIN] 2026/11/26 - 15:52:50 | 200 | 3s | ::1 | GET "/"', new Date(2026, 10, 26, 15, 52, 50).getTime()],
  ['ggml_cuda_init: found 2 devices', null],
])('%s was written when it says', (line, atMs) => expect(timeOf(line)).toBe(atMs))
