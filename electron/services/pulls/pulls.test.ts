import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import type { ModelName } from '../../../shared/ollama/model-name'
import { openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import { RunningSimulator } from '../../simulator/running-simulator.testing'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { pullMigrations } from './pull-migrations'
import { Pulls } from './pulls'
import type { RegistryManifest } from './registry-manifest'

const silent = { info() {}, warn() {}, error() {} }

let folder: string
let simulator: RunningSimulator
let server: Watched<ServerAddress>
const closers: (() => unknown)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corral-pulls-'))
  simulator = await RunningSimulator.start({ pullBytesPerSecond: 400e6 })
  server = new Watched<ServerAddress>({ baseUrl: simulator.baseUrl, version: null, isSimulated: false })
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(manifest?: (name: ModelName) => Promise<RegistryManifest | null>) {
  const database = openDatabase(join(folder, 'corral.db'), pullMigrations)
  const pulled: string[] = []
  const sockets = new Sockets()
  const pulls = new Pulls({
    backends: listBackends(server),
    sockets,
    database,
    logger: silent,
    redact,
    onPulled: (model) => pulled.push(model),
    modelsFolder: () => ({ path: simulator.modelsFolder, isOurs: true }),
    tell: () => {},
    ...(manifest && { manifest }),
  })
  pulls.open()
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await pulls.close()
    await sockets.close()
    database.close()
  }
  closers.push(close)
  const only = () => pulls.state.current[0]
  const until = async (holds: (pull: Pull) => boolean) => {
    const list = await pulls.state.until(([pull]) => pull !== undefined && holds(pull), AbortSignal.timeout(20_000))
    return list[0] as Pull
  }
  return { pulls, pulled, only, until, close }
}

test('a pull is one bar with its speed and time left, and ends with the model there', async () => {
  const { pulls, pulled, until } = open()
  pulls.add(ownModel('qwen2.5:0.5b'))
  const running = await until(({ bytesPerSecond }) => bytesPerSecond !== null)
  expect(running.state).toBe('running')
  expect(running.totalBytes).toBeGreaterThan(3.9e8)
  expect(running.remainingMs).toBeGreaterThan(0)
  const done = await until(({ state }) => state === 'done')
  expect(done.completedBytes).toBe(done.totalBytes)
  expect(pulled).toEqual(['qwen2.5:0.5b'])
  expect(pulls.hasUnfinished()).toBe(false)
})

test('adding a model twice pulls it once', async () => {
  const { pulls, pulled, until } = open()
  pulls.add(ownModel('qwen2.5:0.5b'))
  pulls.add(ownModel('library/qwen2.5:0.5b'))
  pulls.add(ownModel('Qwen2.5:0.5B'))
  expect(pulls.state.current).toHaveLength(1)
  await until(({ state }) => state === 'done')
  expect(pulled).toHaveLength(1)
})

test('a cancelled pull goes on where it stopped', async () => {
  const { pulls, until } = open()
  pulls.add(ownModel('llama3.2:1b'))
  await until(({ completedBytes }) => completedBytes > 2e8)
  pulls.cancel(ownModel('llama3.2:1b'))
  const stopped = await until(({ state }) => state === 'stopped')
  expect(pulls.hasUnfinished()).toBe(true)
  pulls.add(ownModel('llama3.2:1b'))
  const first = await until(
    ({ state, completedBytes }) => state === 'running' && completedBytes !== stopped.completedBytes,
  )
  expect(first.completedBytes).toBeGreaterThan(stopped.completedBytes * 0.95)
  await until(({ state }) => state === 'done')
})

test('one pull runs, the others wait their turn', async () => {
  const { pulls, until } = open()
  pulls.add(ownModel('qwen2.5:0.5b'))
  pulls.add(ownModel('llama3.2:1b'))
  await until(({ state }) => state === 'running')
  expect(pulls.state.current.map(({ state }) => state)).toEqual(['running', 'waiting'])
  pulls.cancel(ownModel('llama3.2:1b'))
  await until(({ state }) => state === 'done')
  expect(pulls.state.current[1]?.state).toBe('stopped')
})

test('a server that dies in the middle holds the pull, and it goes on once the server is back', async () => {
  const { pulls, until } = open()
  const there = server.current
  pulls.add(ownModel('llama3.2:1b'))
  await until(({ completedBytes }) => completedBytes > 2e8)
  await simulator.kill('SIGKILL')
  server.set(null)
  await until(({ state }) => state === 'waiting')
  await simulator.start()
  server.set(there && { ...there })
  const done = await until(({ state }) => state === 'done' || state === 'failed')
  expect(done.state).toBe('done')
})

test('a host that was killed finds its pull stopped, and what had arrived counted', async () => {
  const first = open()
  first.pulls.add(ownModel('llama3.2:1b'))
  await first.until(({ completedBytes }) => completedBytes > 1e8)
  // A kill -9 writes nothing: the database is what another host finds.
  const second = open()
  expect(second.only()).toMatchObject({ model: ownModel('llama3.2:1b'), state: 'stopped' })
  await first.close()
})

test('a finished pull is off the list of the next host', async () => {
  const first = open()
  first.pulls.add(ownModel('qwen2.5:0.5b'))
  await first.until(({ state }) => state === 'done')
  await first.close()
  expect(open().pulls.state.current).toEqual([])
})

test('a name that nobody knows keeps no partial files: the next start of the server may tidy up', async () => {
  const { pulls, until } = open()
  pulls.add(ownModel('nosuch:model'))
  await until(({ state }) => state === 'failed')
  expect(pulls.hasUnfinished()).toBe(false)
})

test('what waits says how large it is, where its registry tells', async () => {
  const { pulls, until } = open(async ({ model }) =>
    model === 'qwen2.5' ? { sizeBytes: 397_821_319, digests: [] } : null,
  )
  pulls.add(ownModel('llama3.2:1b'))
  pulls.add(ownModel('qwen2.5:0.5b'))
  const list = await pulls.state.until((all) => all[1]?.totalBytes != null, AbortSignal.timeout(5000))
  expect(list[1]).toMatchObject({ state: 'waiting', totalBytes: 397_821_319, isTotalFinal: true })
  expect((await until(({ completedBytes }) => completedBytes > 0)).isTotalFinal).toBe(false)
})

test('a pull that stops moving is said to be stalled', async () => {
  await simulator.setFaults({ pullStallsAtBytes: 1e8 })
  const { pulls, until } = open()
  pulls.add(ownModel('qwen2.5:0.5b'))
  const stalled = await until(({ state }) => state === 'stalled')
  expect(stalled.bytesPerSecond).toBe(0)
  pulls.cancel(ownModel('qwen2.5:0.5b'))
})

test.each([
  ['nosuch:model', 'modelNotFound'],
  ['fails:no-space', 'diskFull'],
  ['fails:no-network', 'registryUnreachable'],
  ['fails:unauthorised', 'registryRefused'],
  ['fails:too-old', 'ollamaTooOld'],
  ['fails:damaged', 'downloadDamaged'],
  ['127.0.0.1:1/library/x:y', 'registryUnreachable'],
])('%s fails with %s, told in words', async (model, code) => {
  const { pulls, until } = open()
  pulls.add(ownModel(model))
  const failed = await until(({ state }) => state === 'failed')
  expect(failed.failure).toMatchObject({ code, detail: expect.any(String) })
})

test('a name that is none is refused at once', () => {
  const { pulls } = open()
  expect(() => pulls.add(ownModel('not a name'))).toThrow('modelNameInvalid')
  expect(pulls.state.current).toEqual([])
})

test('a finished pull can be taken off the list', async () => {
  const { pulls, until } = open()
  pulls.add(ownModel('qwen2.5:0.5b'))
  await until(({ state }) => state === 'done')
  pulls.dismiss(ownModel('qwen2.5:0.5b'))
  expect(pulls.state.current).toEqual([])
})

test('a pull whose row cannot be read is left out of the queue and stays on disk', () => {
  const database = openDatabase(join(folder, 'corral.db'), pullMigrations)
  const insert = database.prepare('INSERT INTO pull (model, state, completed_bytes, added_at_ms) VALUES (?, ?, 0, 1)')
  insert.run('of-today', 'stopped')
  insert.run('of-tomorrow', 'half-way')
  expect(open().pulls.state.current.map(({ model }) => model.name)).toEqual(['of-today'])
  const kept = database.prepare('SELECT model, state FROM pull ORDER BY model').raw().all()
  expect(kept).toEqual([
    ['of-today', 'stopped'],
    ['of-tomorrow', 'half-way'],
  ])
  database.close()
})
