import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type AnswerRequest, answerEvents } from './answer'
import { followed } from './followed.testing'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

const delta = (content: string, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`

async function asked(answer: (response: ServerResponse) => unknown, more: Partial<AnswerRequest> = {}) {
  const server = await servers.listen((_, response) => void answer(response))
  const sockets = servers.sockets()
  const request = {
    sockets,
    baseUrl: server.baseUrl,
    path: '/v1/chat/completions',
    body: {},
    protocol: 'openai' as const,
  }
  return { ...(await followed({ ...request, ...more })), ...server, sockets }
}

test('answers follow each other on one connection', async () => {
  const { baseUrl, connections, sockets } = await asked((response) =>
    response.end(`${delta('a', 'stop')}data: [DONE]\n\n`),
  )
  const request = { sockets, baseUrl, path: '/', body: {}, protocol: 'openai' as const }
  for (let i = 0; i < 3; i++) expect(await followed(request)).toMatchObject({ text: 'a', outcome: 'done' })
  expect(connections).toHaveLength(1)
})

test('a server that never closes what it has ended keeps nobody waiting for long', async () => {
  const beganMs = performance.now()
  const { outcome, connections } = await asked((response) => response.write(`${delta('a', 'stop')}data: [DONE]\n\n`))
  expect(outcome).toBe('done')
  expect(performance.now() - beganMs).toBeLessThan(20_000)
  await expect.poll(() => connections[0]?.destroyed).toBe(true)
})

test.each<[string, (response: ServerResponse) => unknown, Partial<AnswerRequest>, string, string]>([
  ['breaks before a word', (response) => response.destroy(), {}, 'failed', 'serverConnectionLost'],
  [
    'breaks after its headers',
    (response) =>
      response.writeHead(200) && response.flushHeaders() === undefined && setTimeout(() => response.destroy(), 20),
    {},
    'failed',
    'serverConnectionLost',
  ],
  [
    'breaks after a word',
    (response) => response.write(delta('a'), () => response.destroy()),
    {},
    'cut',
    'serverConnectionLost',
  ],
  ['ends after a word', (response) => response.end(delta('a')), {}, 'cut', 'answerEndedEarly'],
  ['is silent from the start', () => {}, { silence: { firstMs: 80 } }, 'failed', 'serverNotAnswering'],
  [
    'sends headers and no word',
    (response) => response.writeHead(200).flushHeaders(),
    { silence: { firstMs: 80 } },
    'failed',
    'serverNotAnswering',
  ],
  [
    'falls silent after a word',
    (response) => response.write(delta('a')),
    { silence: { nextMs: 80 } },
    'cut',
    'serverNotAnswering',
  ],
  ['says an error with its status', (response) => response.writeHead(429).end(), {}, 'failed', 'rateLimited'],
  ['redirects', (response) => response.writeHead(301, { location: '/x' }).end(), {}, 'failed', 'redirected'],
  ['speaks no HTTP', (response) => response.socket?.end('hello\r\n\r\n'), {}, 'failed', 'serverConnectionLost'],
])('a server that %s: %s', async (_, answer, more, outcome, failure) => {
  expect(await asked(answer, more)).toMatchObject({ outcome, failure })
})

test('pings keep a link alive, and no answer', async () => {
  let pinging: NodeJS.Timeout | undefined
  const ping = (response: ServerResponse) => {
    response.write(delta('a'))
    pinging = setInterval(() => response.write(': PING\n\n'), 10)
  }
  expect(await asked(ping, { silence: { nextMs: 150 } })).toMatchObject({
    outcome: 'cut',
    failure: 'serverNotAnswering',
  })
  clearInterval(pinging)
})

test('a reader that takes its time loses nothing and is told of no silence', async () => {
  const { baseUrl } = await servers.listen((_, response) => {
    for (let i = 0; i < 2000; i++) response.write(delta('x'.repeat(1000)))
    response.end(delta('', 'stop'))
  })
  const request = { baseUrl, path: '/', body: {}, protocol: 'openai' as const, silence: { nextMs: 500 } }
  let length = 0
  let batches = 0
  let outcome = ''
  for await (const batch of answerEvents(request)) {
    if (batches++ < 2) await pause(800)
    for (const event of batch) {
      if (event.kind === 'delta') length += event.text.length
      if (event.kind === 'end') outcome = event.outcome
    }
  }
  expect([length, outcome]).toEqual([2_000_000, 'done'])
})

test.each([
  ['before a word', () => {}, ''],
  ['in the middle', (response: ServerResponse) => response.write(delta('a')), 'a'],
])('whoever stops it %s ends the connection at once and is told that it was stopped', async (_, answer, text) => {
  const stop = new AbortController()
  const server = await servers.listen((_, response) => void answer(response))
  const request = { baseUrl: server.baseUrl, path: '/', body: {}, protocol: 'openai' as const, signal: stop.signal }
  const following = followed(request)
  await expect.poll(() => server.connections[0]?.bytesRead ?? 0).toBeGreaterThan(0)
  await pause(50)
  stop.abort()
  const beganMs = performance.now()
  expect(await following).toMatchObject({ outcome: 'stopped', failure: null, text })
  const [connection] = server.connections
  if (connection && !connection.destroyed) await once(connection, 'close')
  expect(performance.now() - beganMs).toBeLessThan(5000)
})

test('whoever leaves in the middle closes the connection', async () => {
  const { baseUrl, connections } = await servers.listen((_, response) => response.write(delta('a')))
  for await (const _ of answerEvents({ baseUrl, path: '/', body: {}, protocol: 'openai' })) break
  await expect.poll(() => connections[0]?.destroyed).toBe(true)
})
