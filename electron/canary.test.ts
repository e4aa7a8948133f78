import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../shared/backends/own'
import type { App } from './app'
import { openApp } from './app.testing'
import { writeConfiguration } from './simulator/configuration'

const canary = 'k3y "with" 100% ödd/signs+&=\\<ende>'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Ways in which servers, proxies and libraries repeat a key. */
const spellings = [
  canary,
  JSON.stringify({ api_key: canary }),
  JSON.stringify(JSON.stringify({ api_key: canary })),
  `https://host/v1?key=${encodeURIComponent(canary)}`,
  `https://host/v1?${new URLSearchParams({ key: canary })}`,
  `https://user:${encodeURIComponent(canary).toLowerCase()}@host/`,
  `Authorization: Basic ${base64(`user:${canary}`)}`,
  `Authorization: Bearer ${Buffer.from(canary).toString('base64url')}`,
  `x-key: ${Buffer.from(canary).toString('hex')}`,
]
const everything = spellings.join(' | ')

/** What must not be found: the key as it is and encoded, wherever in a base64 it may begin. */
const needles = [
  canary,
  JSON.stringify(canary).slice(1, -1),
  JSON.stringify(JSON.stringify(canary)).slice(3, -3),
  encodeURIComponent(canary),
  encodeURIComponent(canary).toLowerCase(),
  new URLSearchParams({ k: canary }).toString().slice(2),
  Buffer.from(canary).toString('hex'),
  ...['', 'x', 'xx'].flatMap((before) => [
    base64(before + canary).slice(4, 36),
    Buffer.from(before + canary)
      .toString('base64url')
      .slice(4, 36),
  ]),
]
const whatIsFoundIn = (text: string) => needles.filter((needle) => text.includes(needle))

let folder: string
let app: App
/** Everything that a page was sent. */
let sent: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corral-canary-'))
  sent = []
  const simulator = join(folder, 'simulator')
  mkdirSync(simulator)
  writeConfiguration(join(simulator, 'configuration.json'), {
    stateFolder: join(simulator, 'state'),
    installed: ['llama3.2:3b', 'qwen3:8b'],
    startDelayMs: 0,
    loadSecondsPerGibibyte: 0,
  })
  app = await openApp(folder, { isDemo: true })
})
afterEach(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

function filesBelow(place: string): string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((file) => statSync(file).isFile())
}

/** A page that looks at everything, and keeps what it is sent. */
function page(signal: AbortSignal) {
  const client = createRouterClient(app.router)
  const keep = (value: unknown) => sent.push(JSON.stringify(value) ?? '')
  const look = (watching: Promise<AsyncIterable<unknown>>) =>
    void watching
      .then(async (values) => {
        for await (const value of values) keep(value)
      })
      .catch(keep)
  const ask = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      const value = await asked
      keep(value)
      return value
    } catch (error) {
      keep({ ...(error as object), message: String(error) })
      return null
    }
  }
  for (const watch of [
    client.server.watch,
    client.serverLog.watch,
    client.models.watch,
    client.pulls.watch,
    client.bench.watch,
    client.bench.watchRuns,
    client.serverSettings.watch,
    client.serverSettings.watchInForce,
    client.settings.watch,
  ]) {
    look(watch(undefined, { signal }) as Promise<AsyncIterable<unknown>>)
  }
  return { client, ask, look }
}

test('a key that was once put in never appears again, whatever repeats it', { timeout: 90_000 }, async () => {
  app.secrets.set('relay', canary)
  const watching = new AbortController()
  const { client, ask, look } = page(watching.signal)
  const { server, pulls, bench } = app.services
  app.services.serverSettings.save({ ...app.services.serverSettings.saved.current, port: 21734 })
  await server.start()
  const { baseUrl } = (await server.address.until((address) => address !== null)) ?? { baseUrl: '' }
  const setFaults = (faults: object) =>
    fetch(`${baseUrl}/simulator/faults`, { method: 'POST', body: JSON.stringify(faults) }).then((answer) =>
      answer.text(),
    )

  // In an answer's error, a load's, a pull's, and a run's; in what is thrown, and in lines of our own.
  await setFaults({ errorAfterTokens: 3, errorText: everything })
  const chat = await ask(client.chats.create({ model: ownModel('llama3.2:3b') }))
  look(client.chats.watchChat({ id: chat?.id ?? '' }, { signal: watching.signal }))
  await ask(client.answers.send({ chatId: chat?.id ?? '', text: 'Hello' }))
  await app.services.chats.runningCount.until((count) => count === 0)
  const plan = {
    model: ownModel('llama3.2:3b'),
    promptTokens: 64,
    answerTokens: 16,
    concurrency: [1],
    preset: 'quick',
    contextLength: 4096,
  } as const
  const run = await ask(client.bench.start({ ...plan, concurrency: [1] }))
  await bench.live.until((live) => live === null)
  await ask(client.bench.show({ id: run?.id ?? '' }))
  await ask(client.bench.export({ id: run?.id ?? '' }))
  await ask(client.bench.showRequests({ id: run?.id ?? '', count: 100 }))
  await setFaults({ loadError: everything })
  await ask(client.models.load({ model: ownModel('qwen3:8b') }))
  await setFaults({ pullError: everything })
  await ask(client.pulls.add({ model: ownModel('llama3.2:1b') }))
  await pulls.state.until((list) => list.some(({ state }) => state === 'failed'))
  app.logger.error(everything, { spellings, error: String(new Error(everything)) })
  app.logger.warn('thrown', new Error(everything))

  // In the last words of the server.
  await setFaults({ crashAfterMs: 0, crashText: everything })
  await server.state.until(({ crashCount }) => crashCount > 0)
  await expect.poll(() => app.services.serverLog.lines.length).toBeGreaterThan(3)
  await ask(client.serverLog.read({ from: 1, count: 500 }))
  await app.services.server.stop()
  watching.abort()

  expect(sent.length).toBeGreaterThan(20)
  expect(sent.join('\n')).toContain('panic: ')
  expect(sent.filter((text) => whatIsFoundIn(text).length > 0)).toEqual([])
  const files = filesBelow(folder).filter((file) => !file.includes('/simulator/') && !file.endsWith('secrets.json'))
  expect(files.some((file) => readFileSync(file, 'utf8').includes('panic: '))).toBe(true)
  const leaks = files.flatMap((file) => whatIsFoundIn(readFileSync(file, 'utf8')).map((needle) => `${file}: ${needle}`))
  expect(leaks).toEqual([])
})
