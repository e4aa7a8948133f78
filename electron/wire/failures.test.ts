import { expect, test } from 'vitest'
import { Failure } from '../../shared/failure'
import { failureOfLink, failureOfWords } from './failures'

const failureOf = (status: number, body: string) => failureOfWords('ollama', status, body)

test.each<[number, string, string]>([
  [404, '{"error":"model \\"nope\\" not found, try pulling it first"}', 'modelNotFound'],
  [404, `{"error":"model 'nope' not found"}`, 'modelNotFound'],
  [404, '404 page not found', 'ollamaFailed'],
  [503, '{"error":"server busy, please try again.  maximum pending requests exceeded"}', 'serverBusy'],
  [500, '{"error":"model requires more system memory (6.1 GiB) than is available (3.2 GiB)"}', 'modelTooLarge'],
  [500, '{"error":"llama runner process has terminated: cudaMalloc failed: out of memory"}', 'modelTooLarge'],
  [500, '{"error":"llama-server process has terminated: exit status 1: "}', 'modelDidNotLoad'],
  // L2: what a setting did is told apart from what a file did.
  [
    500,
    '{"error":"llama-server process has terminated: exit status 1: llama_init_from_model: quantized V cache requires flash_attn to be enabled\\nllama_init_from_model: quantized V cache requires flash_attn to be enabled"}',
    'cacheNeedsFlash',
  ],
  [500, '{"error":"quantized V cache was requested, but this requires Flash Attention"}', 'cacheNeedsFlash'],
  [
    500,
    '{"error":"llama-server process has terminated: exit status 1: llama_init_from_model: V cache type q8_0 with block size 32 does not divide n_embd_head_v=80"}',
    'cacheTypeUnfit',
  ],
  [500, '{"error":"timed out waiting for llama-server to start - progress 0.12 - "}', 'loadTimedOut'],
  [500, '{"error":"tensor \\"output.weight\\" offset+size (9) exceeds file size (8)"}', 'modelFileDamaged'],
  [
    500,
    '{"error":"llama runner process has terminated: error loading model: tensor \'x\' data is not within the file bounds, model is corrupted or incomplete\\nllama_load_model_from_file: failed to load model"}',
    'modelFileDamaged',
  ],
  [500, '{"error":"unable to load model: /m/blobs/sha256-1"}', 'modelDidNotLoad'],
  // H1: a file that is not to be opened is not called a damaged one, in whatever language the system speaks.
  ...[
    'llama runner process has terminated: error loading model: failed to open C:\\Users\\张　庭 綱\\blobs\\sha256-1: Invalid argument',
    "llama-server process has terminated: exit status 1: gguf_init_from_file: failed to open GGUF file '/home/张　庭 綱/m/blobs/sha256-1' (No such file or directory)",
    'llama_model_load: error loading model: unable to open "/home/a b/sha256-1"',
    'open /home/张　庭 綱/.ollama/models/blobs/sha256-1: no such file or directory',
    'open C:\\Users\\张 三\\.ollama\\models\\blobs\\sha256-1: The system cannot find the path specified.',
    'open C:\\Users\\张 三\\.ollama\\models\\blobs\\sha256-1: 系统找不到指定的路径。',
    'CreateFile D:\\模型\\sha256-1: Das System kann den angegebenen Pfad nicht finden.',
    'open D:\\a:b\\sha256-1: 文件名、目录名或卷标语法不正确。',
    'clip_init: failed to open /m/\u001b[31mé/sha256-2: Permission denied',
    'failed to open \\\\nas\\模型\\sha256-1\nllama_model_load_from_file: failed to load model',
  ].map((error): [number, string, string] => [500, JSON.stringify({ error }), 'modelFileNotOpened']),
  [500, '{"error":"fork/exec /usr/lib/ollama/runner: no such file or directory"}', 'ollamaFailed'],
  [
    500,
    '{"error":"error starting llama-server: llama-server binary not found (checked: /x: no such file or directory)"}',
    'modelDidNotLoad',
  ],
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

test.each([
  // new-api, one-api
  [401, '{"error":{"code":"","message":"Invalid token (request id: 1)","type":"new_api_error"}}', 'keyRefused'],
  [401, '{"error":{"message":"该令牌额度已用尽","type":"new_api_error"}}', 'quotaUsedUp'],
  [403, '{"error":{"code":"pre_consume_token_quota_failed","message":"token quota is not enough"}}', 'quotaUsedUp'],
  [403, '{"error":{"code":"insufficient_user_quota","message":"预扣费额度失败"}}', 'outOfCredit'],
  [403, '{"error":{"code":"access_denied","message":"IP"}}', 'keyRefused'],
  [503, '{"error":{"code":"model_not_found","message":"分组 default 下模型 x 无可用渠道"}}', 'unknownModel'],
  [503, '{"error":{"code":"system_cpu_overloaded","message":"system cpu overloaded"}}', 'relayFailed'],
  [500, '{"error":{"message":"field messages is required","code":"invalid_request"}}', 'badRequest'],
  [404, '{"error":{"message":"Invalid URL (GET /v1/nothing)","type":"invalid_request_error"}}', 'notThisProtocol'],
  [429, '', 'rateLimited'],
  [429, '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}', 'outOfCredit'],
  // LiteLLM, where a code is a text
  [422, '{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded","code":"422"}}', 'quotaUsedUp'],
  [429, '{"error":{"message":"x","type":"throttling_error","code":"429"}}', 'rateLimited'],
  [400, '{"error":{"message":"litellm.ContextWindowExceededError: x","code":"400"}}', 'contextTooLong'],
  // llama-server, vLLM
  [503, '{"error":{"message":"Loading model","type":"unavailable_error","code":503}}', 'relayFailed'],
  [400, '{"error":{"code":400,"message":"x","type":"exceed_context_size_error","n_ctx":256}}', 'contextTooLong'],
  [401, '{"error":"Unauthorized"}', 'keyRefused'],
  [404, '{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","code":404}}', 'unknownModel'],
  [400, '{"object":"error","message":"maximum context length is 4096 tokens","code":400}', 'contextTooLong'],
  // DeepSeek, whose code misleads; OpenRouter, whose message says nothing; Ollama
  [402, '{"error":{"message":"Insufficient Balance","code":"invalid_request_error"}}', 'outOfCredit'],
  [404, '{"error":{"message":"model \'nope\' not found","type":"not_found_error"}}', 'unknownModel'],
  [504, 'upstream request timeout', 'relayFailed'],
  [502, '<html><head><title>502 Bad Gateway</title></head></html>', 'relayFailed'],
  [500, '', 'relayFailed'],
  [
    403,
    '{"error":{"message":"用户额度不足, 剩余额度: ＄-0.000002 (request id: x)","type":"new_api_error","code":"insufficient_user_quota"}}',
    'outOfCredit',
  ],
  [
    403,
    '{"error":{"message":"预扣费额度失败, 用户剩余额度: ¥0.230000, 需要预扣费额度: ¥0.290000 (request id: x)","type":"new_api_error"}}',
    'outOfCredit',
  ],
  [429, '{"error":{"message":"x","type":"insufficient_quota","code":"insufficient_quota"}}', 'outOfCredit'],
  [402, '{"error":{"code":402,"message":"Insufficient credits"}}', 'outOfCredit'],
  [402, '{"error":{"code":402,"message":"x","metadata":{"error_type":"openrouter_in_flight_budget"}}}', 'rateLimited'],
  [400, '{"error":{"message":"x","type":"new_api_error","code":"model_price_error"}}', 'relayFailed'],
  [500, '{"error":{"message":"x","code":"sensitive_words_detected"}}', 'contentFiltered'],
  [400, '{"error":{"message":"Invalid model name passed in model=x","type":null,"code":"400"}}', 'unknownModel'],
  [200, '<!doctype html><html lang="zh"><title>New API</title></html>', 'websiteNotApi'],
])('a relay that says %s with %s means %s', (status, body, code) =>
  expect(failureOfWords('openai', status, body).code).toBe(code),
)

test.each([
  ['<html><head><title>502 Bad Gateway</title></head><body>x</body></html>', 'HTML: 502 Bad Gateway'],
  [
    JSON.stringify({ error: { message: 'Provider returned error', metadata: { raw: '{"error":"the real reason"}' } } }),
    'Provider returned error: {"error":"the real reason"}',
  ],
  ['{"type":"error","error":"aborted"}', 'aborted'],
  ['{"error":{"code":"E004"}}', '{"code":"E004"}'],
  ['', 'HTTP 500'],
])('of %s the user reads %s', (body, detail) => expect(failureOfWords('openai', 500, body).detail).toBe(detail))

test('an error in a thousand errors is read without falling over', () => {
  const deep = `${'{"error":'.repeat(5000)}"x"${'}'.repeat(5000)}`
  expect(failureOfWords('openai', 500, deep).code).toBe('relayFailed')
  expect(failureOfWords('openai', null, JSON.parse(deep)).code).toBe('relayFailed')
})

test.each([
  ['ECONNREFUSED', 'serverNotReady'],
  ['EAI_AGAIN', 'serverNotReady'],
  ['ECONNRESET', 'serverConnectionLost'],
  ['HPE_INVALID_CONSTANT', 'serverConnectionLost'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tlsFailed'],
  ['CERT_HAS_EXPIRED', 'tlsFailed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tlsFailed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tlsFailed'],
])('a link that ends with %s means %s', (socketCode, code) => {
  const error = Object.assign(new Error('x'), { code: socketCode })
  expect(failureOfLink(error, undefined)).toMatchObject({ code })
})

test('whoever gave up hears why, and a time that is over is a server that does not answer', () => {
  const lost = Object.assign(new Error('x'), { code: 'ECONNRESET' })
  expect(failureOfLink(lost, AbortSignal.abort('mine'))).toBe('mine')
  const late = AbortSignal.abort(new DOMException('', 'TimeoutError'))
  expect(failureOfLink(lost, late)).toEqual(new Failure('serverNotAnswering'))
})
