import { expect, test } from 'vitest'
import { failureOf } from './failure-of'

test.each([
  [404, '{"error":"model \\"nope\\" not found, try pulling it first"}', 'modelNotFound'],
  [404, `{"error":"model 'nope' not found"}`, 'modelNotFound'],
  [404, '404 page not found', 'ollamaFailed'],
  [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', 'serverBusy'],
  [500, '{"error":"model requires more system memory (6.1 GiB) than is available (3.2 GiB)"}', 'modelTooLarge'],
  [500, '{"error":"llama runner process has terminated: cudaMalloc failed: out of memory"}', 'modelTooLarge'],
  [500, '{"error":"llama-server process has terminated: exit status 1: "}', 'modelDidNotLoad'],
  [500, '{"error":"llama-server reported out-of-memory during startup: x"}', 'modelTooLarge'],
  [500, '{"error":"an error was encountered while running the model: unexpected EOF"}', 'runnerEnded'],
  [500, '{"error":"an error was encountered while running the model: CUDA error: out of memory"}', 'modelTooLarge'],
  [500, '{"error":"POST predict: Post \\"http://127.0.0.1:40409/completion\\": EOF"}', 'runnerEnded'],
  [500, '{"error":"llama runner process no longer running: -1 "}', 'runnerEnded'],
  [400, '{"error":"\\"x\\" does not support chat"}', 'ollamaFailed'],
])('a %s with %s means %s', (status, body, code) => expect(failureOf(status, body).code).toBe(code))

test('an error that a runner wrapped in JSON is unwrapped', () => {
  const runner = {
    error: { code: 400, message: 'request (9000 tokens) exceeds the available context size (4096 tokens)' },
  }
  const failure = failureOf(400, JSON.stringify({ error: JSON.stringify(runner) }))
  expect(failure.code).toBe('promptTooLong')
  expect(failure.detail).toBe('request (9000 tokens) exceeds the available context size (4096 tokens)')
})

test('an empty body still says something', () => expect(failureOf(403, '').detail).toBe('HTTP 403'))
