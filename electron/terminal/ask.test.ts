import { resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { TestServers } from '../wire/test-server.testing'
import type { AskReport } from './answer-report'
import { parseAskArguments, UsageError } from './ask-arguments'

const servers = TestServers.forEachTest()
const program = resolve(import.meta.dirname, '../../dist/electron/cli.cjs')

const event = (record: object | string) => `data: ${typeof record === 'string' ? record : JSON.stringify(record)}\n\n`
const words = (content: string, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta: { content }, finish_reason }] })
const stop = words('', 'stop')
const usage = event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } })
const done = event('[DONE]')

type Reply = { status?: number; headers?: Record<string, string>; body: string; breaks?: boolean }

/** A backend that gives one reply after the other, the last for ever; and what it was asked. */
async function backend(...replies: Reply[]) {
  const asked: { url: string | undefined; headers: Record<string, unknown>; body: Record<string, unknown> }[] = []
  const { baseUrl } = await servers.listen((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push({ url: request.url, headers: request.headers, body: JSON.parse(body) })
      const reply = replies[Math.min(asked.length, replies.length) - 1] as Reply
      response.writeHead(reply.status ?? 200, { 'Content-Type': 'text/event-stream', ...reply.headers })
      response.write(reply.body, () => reply.breaks && response.destroy())
      if (!reply.breaks) response.end()
    })
  })
  return { baseUrl, asked }
}

const ask = (baseUrl: string, more: readonly string[] = [], options = {}) =>
  execa(process.execPath, [program, 'ask', '--url', baseUrl, '--protocol', 'openai', '--model', 'm', ...more], {
    reject: false,
    ...options,
  })

async function reported(baseUrl: string, more: readonly string[] = []) {
  const { stdout, exitCode } = await ask(baseUrl, ['--json', ...more, 'hi'])
  return { exitCode, report: JSON.parse(stdout) as AskReport }
}

test('the text alone is on stdout, as it came', async () => {
  const { baseUrl } = await backend({ body: words('显存') + words(' ok') + stop + usage + done })
  const { stdout, stderr, exitCode } = await ask(baseUrl, ['hi'])
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: '显存 ok', stderr: '', exitCode: 0 })
})

test('one object on one line, with what the server counted', async () => {
  const { baseUrl } = await backend({ body: words('a') + stop + usage + done })
  const { report, exitCode } = await reported(baseUrl)
  expect(exitCode).toBe(0)
  expect(report).toMatchObject({
    schema: 'corral.ask/1',
    outcome: 'done',
    text: 'a',
    toolCalls: [],
    usage: { input: 9, cached: null, cacheWritten: null, output: 3, reasoning: null, source: 'server' },
    finishReason: 'stop',
    attempts: [{ status: 200, failure: null }],
    failure: null,
  })
})

test('what is asked is what was given: system, limits and the key of a variable, never shown', async () => {
  const { baseUrl, asked } = await backend({ status: 401, body: '{"error":{"message":"bad key sk-canary-12345678"}}' })
  const { stdout, stderr } = await ask(
    baseUrl,
    ['--key-env', 'CANARY', '--system', 'be brief', '--max-tokens', '7', '--json', 'hi'],
    { env: { CANARY: ' Bearer sk-canary-12345678\n' } },
  )
  expect(asked[0]).toMatchObject({
    url: '/v1/chat/completions',
    headers: { authorization: 'Bearer sk-canary-12345678' },
  })
  expect(asked[0]?.body).toMatchObject({
    model: 'm',
    stream: true,
    max_tokens: 7,
    messages: [
      { role: 'system', content: 'be brief' },
      { role: 'user', content: 'hi' },
    ],
  })
  expect(stdout + stderr).not.toContain('canary-1234')
})

const refusal = (status: number, error: object, headers = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify({ error }),
})

test.each<[string, Reply, string, number, string | null]>([
  ['a cut after a word', { body: words('a'), breaks: true }, 'cut', 4, 'relayFailed'],
  ['an end mark that proves nothing', { body: words('a') + done }, 'cut', 4, 'relayFailed'],
  ['an error in a 200', { body: event({ error: { message: 'x' } }) + done }, 'failed', 3, 'relayFailed'],
  [
    'pings, then a bare error',
    { body: ': PING\n\n{"error":{"code":"rate_limit_exceeded"}}' },
    'failed',
    3,
    'rateLimited',
  ],
  [
    'a website',
    { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><title>x</title>' },
    'failed',
    3,
    'websiteNotApi',
  ],
  ['another protocol', { body: '{"hello":1}' }, 'failed', 3, 'notThisProtocol'],
  ['a redirect', { status: 302, headers: { location: 'http://x.example/' }, body: '' }, 'failed', 3, 'redirected'],
  ['an unknown model, as a 503', refusal(503, { code: 'model_not_found' }), 'failed', 3, 'unknownModel'],
  ['no credit, as a 429', refusal(429, { code: 'insufficient_quota' }), 'failed', 3, 'outOfCredit'],
  ['a used-up key, as a 401', refusal(401, { message: '该令牌额度已用尽' }), 'failed', 3, 'quotaUsedUp'],
  ['a long prompt', refusal(400, { code: 'context_length_exceeded' }), 'failed', 3, 'contextTooLong'],
  ['a filter', refusal(500, { code: 'sensitive_words_detected' }), 'failed', 3, 'contentFiltered'],
  ["a client's fault, as a 500", refusal(500, { code: 'invalid_request' }), 'failed', 3, 'badRequest'],
])('%s is told by its name and is asked once', async (_, reply, outcome, exitCode, failure) => {
  const { baseUrl, asked } = await backend(reply)
  const told = await reported(baseUrl, ['--retries', '0'])
  expect(told).toMatchObject({ exitCode, report: { outcome, failure: { code: failure } } })
  expect(asked).toHaveLength(1)
})

test('what may get better is asked again before the first word, and told', async () => {
  const { baseUrl, asked } = await backend(refusal(503, { message: 'overloaded' }), { body: words('a') + stop })
  const { report } = await reported(baseUrl)
  expect(report).toMatchObject({
    outcome: 'done',
    text: 'a',
    attempts: [
      { status: 503, failure: 'relayFailed' },
      { status: 200, failure: null },
    ],
  })
  expect(asked).toHaveLength(2)
})

test('silence is counted in words and not in bytes', async () => {
  const { baseUrl } = await servers.listen((request, response) => {
    request.resume()
    response.writeHead(200)
    response.write(words('a'))
    const ping = setInterval(() => response.write(': ping\n\n'), 20)
    response.on('close', () => clearInterval(ping))
  })
  const { report, exitCode } = await reported(baseUrl, ['--stall-timeout-ms', '300', '--retries', '0'])
  expect([report.outcome, report.failure?.code, exitCode]).toEqual(['cut', 'stalled', 4])
})

test('where nobody listens, and where a name is not known, it says which', async () => {
  const { baseUrl, stop: stopServer } = await servers.listen(() => {})
  await stopServer()
  expect((await reported(baseUrl, ['--retries', '0'])).report.failure?.code).toBe('cannotConnect')
  const unknown = await reported('http://nowhere.invalid', ['--retries', '0'])
  expect(unknown.report.failure?.code).toBe('nameNotFound')
})

test('an interrupt stops it, and what came is told', async () => {
  const { baseUrl } = await servers.listen((request, response) => {
    request.resume()
    response.writeHead(200)
    response.write(words('a'))
  })
  const asking = ask(baseUrl, ['hi'])
  asking.stdout.once('data', () => asking.kill('SIGINT'))
  const { stdout, exitCode } = await asking
  expect([stdout, exitCode]).toEqual(['a', 4])
})

test('a question may come from stdin', async () => {
  const { baseUrl, asked } = await backend({ body: words('a') + stop })
  await ask(baseUrl, ['-'], { input: '显存是什么？\n' })
  expect(asked[0]?.body.messages).toEqual([{ role: 'user', content: '显存是什么？' }])
})

const usual = ['--url', 'http://a', '--protocol', 'openai', '--model', 'm']

test.each<[string, string[]]>([
  ['no address', ['--protocol', 'openai', '--model', 'm', 'hi']],
  ['no question', usual],
  ['two questions', [...usual, 'a', 'b']],
  ['another protocol', ['--url', 'http://a', '--protocol', 'grpc', '--model', 'm', 'hi']],
  ['a negative number', [...usual, '--max-tokens=-3', 'hi']],
  ['an unknown option', [...usual, '--temperature', '1', 'hi']],
  ['a full-width address', ['--url', 'ｈttp://a', '--protocol', 'openai', '--model', 'm', 'hi']],
  ['a variable that is not set', [...usual, '--key-env', 'NOT_SET', 'hi']],
])('%s is refused', (_, commandLine) => {
  expect(() => parseAskArguments(commandLine, {}, 'en')).toThrow(UsageError)
})

test('bad usage says so on stderr and exits with 2', async () => {
  const { stdout, stderr, exitCode } = await execa(process.execPath, [program, 'ask', 'hi'], { reject: false })
  expect([stdout, exitCode]).toEqual(['', 2])
  expect(stderr).toContain('--url is missing.')
})
