import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { Models as State } from '../../../shared/contract/models'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import { listDescendants } from '../../process/process-list'
import { RunningSimulator } from '../../simulator/running-simulator.testing'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { Models } from './models'

const silent = { info() {}, warn() {}, error() {} }

let simulator: RunningSimulator
let server: Watched<ServerAddress>
let models: Models
let sockets: Sockets
const watching = { stop: new AbortController() }

async function begin(configuration: object = {}) {
  simulator = await RunningSimulator.start({ installed: ['llama3.2:3b', 'nomic-embed-text:v1.5'], ...configuration })
  server = new Watched<ServerAddress>({ baseUrl: simulator.baseUrl, version: null, isSimulated: false })
  sockets = new Sockets()
  models = new Models({
    backends: listBackends(server),
    sockets,
    runners: () => listDescendants(simulator.pid),
    seesRunners: () => true,
    cardMemory: () => [],
    logger: silent,
    redact,
  })
  models.open()
  watching.stop = new AbortController()
  void (async () => {
    for await (const _ of models.state.watch(watching.stop.signal));
  })()
}

afterEach(async () => {
  watching.stop.abort()
  await models.close()
  await sockets.close()
  await simulator.close()
})

const until = (holds: (state: State) => boolean) => models.state.until(holds, AbortSignal.timeout(15_000))

test.each(['0.5.12', '0.32.15'])('what is installed is listed with what it is, on %s', async (version) => {
  await begin({ version })
  const { installed } = await until(
    ({ installed }) => installed.length === 2 && installed.every((model) => model.contextLength !== null),
  )
  expect(installed.find(({ name }) => name === 'llama3.2:3b')).toMatchObject({
    parameterSize: '3.21B',
    quantization: 'Q4_K_M',
    family: 'llama',
    contextLength: 131_072,
  })
})

test('a model is loaded, seen with its runner, and unloaded', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  await models.load(ownModel('llama3.2:3b'))
  const { loaded } = await until(({ loaded }) => loaded.length === 1 && loaded[0]?.runnerPid !== null)
  expect(loaded[0]).toMatchObject({ name: 'llama3.2:3b' })
  expect(loaded[0]?.stay).toMatchObject({ kind: 'until' })
  await models.unload(ownModel('llama3.2:3b'))
  await until(({ loaded }) => loaded.length === 0)
})

test.each([
  ['0.5.12', 2048],
  ['0.32.15', 131_072],
])('a loaded model tells the context that a request has, on %s', async (version, contextLength) => {
  await begin({ version })
  await until(({ state }) => state === 'ready')
  await models.load(ownModel('llama3.2:3b'))
  const { loaded } = await until(({ loaded }) => loaded[0]?.runnerPid != null)
  expect(loaded[0]?.contextLength).toBe(contextLength)
})

test('a model that an old server lists while it loads is said to be loading', async () => {
  await begin({ version: '0.5.12', loadSecondsPerGibibyte: 1 })
  await until(({ state }) => state === 'ready')
  const loading = models.load(ownModel('llama3.2:3b'))
  const { busy } = await until(({ loaded }) => loaded.length === 1)
  expect(busy).toEqual([{ model: ownModel('llama3.2:3b'), doing: 'load' }])
  await loading
  expect(models.state.current.busy).toEqual([])
})

test('L8: a model whose runner was killed is not loaded, and is loaded again when it is wanted', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  await models.load(ownModel('llama3.2:3b'))
  const { loaded } = await until(({ loaded }) => loaded[0]?.runnerPid != null)
  process.kill(loaded[0]?.runnerPid ?? 0, 'SIGKILL')
  const dead = await until(({ gone }) => gone.length === 1)
  expect(dead).toMatchObject({ loaded: [], gone: ['llama3.2:3b'] })
  expect(models.isLoaded(ownModel('llama3.2:3b'))).toBe(false)
  await models.load(ownModel('llama3.2:3b'))
  await until(({ loaded, gone }) => loaded.length === 1 && gone.length === 0)
})

test('F37: an unload while an answer of Corral runs waits for it, and says so', async () => {
  await begin({ decodeTokensPerSecond: 20 })
  await until(({ state }) => state === 'ready')
  let asking = [ownModel('llama3.2:3b')]
  models.usedBy(() => asking)
  await simulator.setFaults({ holdsAfterTokens: 2 })
  const leaving = new AbortController()
  const body = JSON.stringify({ model: 'llama3.2:3b', prompt: 'Hello' })
  const answer = await fetch(`${simulator.baseUrl}/api/generate`, { method: 'POST', body, signal: leaving.signal })
  await answer.body?.getReader().read()
  await until(({ loaded }) => loaded.length === 1)
  await models.unload(ownModel('llama3.2:3b'))
  await until(({ loaded }) => loaded[0]?.stay.kind === 'after-answer')
  leaving.abort()
  asking = []
  await until(({ loaded }) => loaded.length === 0)
})

test('an embedding model is loaded in its own way', async () => {
  await begin()
  await until(({ installed }) => installed.length === 2)
  await models.load(ownModel('nomic-embed-text:v1.5'))
  await until(({ loaded }) => loaded[0]?.name === 'nomic-embed-text:v1.5')
})

test('deleting a loaded model unloads it first', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  await models.load(ownModel('llama3.2:3b'))
  await until(({ loaded }) => loaded.length === 1)
  await models.remove(ownModel('llama3.2:3b'))
  const state = await until(({ installed }) => installed.length === 1)
  expect(state.loaded).toEqual([])
})

test('a model can be looked at', async () => {
  await begin()
  const details = await models.show(ownModel('llama3.2:3b'))
  expect(details).toMatchObject({
    architecture: 'llama',
    contextLength: 131_072,
    blockCount: 28,
    headCount: 24,
    keyValueHeadCount: 8,
  })
  expect(details.parameters).toContainEqual({ name: 'stop', value: '<|eot_id|>' })
  await expect(models.show(ownModel('nosuch'))).rejects.toThrow('modelNotFound')
})

test('F30: without a server the last list stays to be read, and a wish is refused', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  server.set(null)
  const state = await until((now) => now.state === 'no-server')
  expect(state.loaded).toEqual([])
  expect(state.installed).toHaveLength(2)
  await expect(models.load(ownModel('llama3.2:3b'))).rejects.toThrow('serverNotReady')
})

test('a server that answers with garbage is a failure, and the list recovers with it', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  await simulator.kill('SIGKILL')
  await until(({ state }) => state === 'failed')
  await simulator.start()
  await until(({ state }) => state === 'ready')
})

test('a model that does not load says why', async () => {
  await begin()
  await simulator.setFaults({ loadError: 'llama-server process has terminated: exit status 1: error loading model' })
  await expect(models.load(ownModel('llama3.2:3b'))).rejects.toThrow('modelDidNotLoad')
  expect(models.state.current.busy).toEqual([])
})

test('a server that hangs is said to give no answer, and a wish does not wait for ever', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  await simulator.setFaults({ hangs: true })
  const { failure, installed } = await models.state.until(
    ({ state }) => state === 'failed',
    AbortSignal.timeout(25_000),
  )
  expect(failure?.code).toBe('serverNotAnswering')
  expect(installed).toHaveLength(2)
})

test('another program at the address is a failure, not a list', async () => {
  await begin()
  await until(({ state }) => state === 'ready')
  const stranger = createServer((_, response) => response.end('<html> sk-abcdefghijklmnop')).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  server.set({
    baseUrl: `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`,
    version: null,
    isSimulated: false,
  })
  const { failure } = await until(({ state }) => state === 'failed')
  expect(failure).toMatchObject({ code: 'ollamaFailed', detail: '<html> sk-...mnop' })
  stranger.closeAllConnections()
  stranger.close()
  await once(stranger, 'close')
})
