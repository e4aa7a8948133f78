import { expect, test } from 'vitest'
import { redact } from '../../platform/redact'
import { ServerLog } from './server-log'

const slog = (message: string) => `time=2026-11-26T01:01:17.000Z level=INFO source=x.go:1 msg="${message}"`
const native = [
  '//ml/backend/ggml/src/x.cpp:965: fatal error',
  'SIGSEGV: segmentation violation',
  'PC=0x7f0000000000 m=12 sigcode=1 addr=0x204a03fa8',
  'signal arrived during cgo execution',
  '',
  'goroutine 37 gp=0xc001 m=12 mp=0xc002 [syscall]:',
  'runtime.cgocall(0x1, 0x2)',
  ...Array.from({ length: 190 }, (_, place) => `\t/go/src/x.go:${place} +0x398`),
]

test.each([
  ['C code', native],
  ['Go', ['panic: runtime error: index out of range', '', 'goroutine 1 [running]:', 'main.main()', '\t/x.go:1 +0x1']],
  ['C++', ["terminate called after throwing an instance of 'std::runtime_error'", '  what():  x']],
  ['the GPU', ['CUDA error: an illegal access', '  current device: 0', '/src/ggml-cuda.cu:88: CUDA error']],
  ['Windows', ['Error: llama runner has ended: {EXCEPTION}', 'Illegal Instruction', 'An attempt was made.']],
])('S3: a crash in %s is one entry of the log, and the one error', (_, lines) => {
  const log = new ServerLog(redact)
  log.add('stderr', [slog('before'), ...lines.slice(0, 2)])
  log.add('stderr', lines.slice(2)) // the file is read in rounds
  log.add('stderr', [slog('after')])
  expect(log.lines.map(({ level }) => level)).toEqual(['info', 'error', 'info'])
  expect(log.lines[1]?.text.split('\n')[0]).toBe(lines[0])
  expect(log.lines[1]?.text.split('\n')).toHaveLength(lines.length)
  expect(log.summary.current.counts).toMatchObject({ error: 1, plain: 0 })
})

test('S3: what ended a server is its crash, the first line first', () => {
  const log = new ServerLog(redact)
  log.add('stderr', [slog('before'), ...native])
  expect(log.lastLines(20)).toEqual(native.slice(0, 20))
})

test('S3: the rest of a crash that another line has broken in two is no error of its own', () => {
  const log = new ServerLog(redact)
  log.add('stderr', [...native.slice(0, 4), slog('runner has ended'), ...native.slice(5, 20), slog('after')])
  expect(log.summary.current.counts).toMatchObject({ error: 1 })
  expect(log.lines.map(({ level }) => level)).toEqual(['error', 'info', 'plain', 'info'])
})

test('S3: a crash that a runner had long ago is not what ended the server', () => {
  const log = new ServerLog(redact)
  log.add('stderr', [...native, ...Array.from({ length: 10 }, (_, place) => slog(`line ${place}`))])
  expect(log.lastLines(2)).toEqual([slog('line 8'), slog('line 9')])
})

test('S3: a report that ends with the server is told without waiting for another line', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', native)
  await expect.poll(() => log.summary.current.counts.error).toBe(1)
})

test('S3: colours of a terminal are no part of a line, and an access line in colours is one', () => {
  const log = new ServerLog(redact)
  const colour = (code: number, text: string) => `\u001b[${code}m${text}\u001b[0m`
  log.add('stdout', [
    `${colour(32, '[GIN]')} 2026/11/26 - 15:52:50 |${colour(97, ' 200 ')}| 3.6s | 127.0.0.1 |${colour(97, ' POST ')} "/api/chat"\r`,
  ])
  expect(log.lines).toMatchObject([
    { level: 'access', text: '[GIN] 2026/11/26 - 15:52:50 | 200 | 3.6s | 127.0.0.1 | POST  "/api/chat"' },
  ])
})

test('L26: what the engine says when a load fails is an error, and the first one is found', async () => {
  const log = new ServerLog(redact)
  log.add('stderr', [
    'llama_init_from_model: quantized V cache requires flash_attn to be enabled',
    'common_init_from_params: failed to create context with model "/m/blobs/sha256-1"',
    'srv    load_model: failed to load model, "/m/张　庭 綱/blobs/sha256-1"',
    'main: exiting due to model loading error',
  ])
  expect(log.lines.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'error'])
  expect(await log.find({ level: 'error', fromNumber: 0, direction: 'here' })).toMatchObject({ number: 1 })
})
