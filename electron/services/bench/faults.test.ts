import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { BenchLive } from '../../../shared/contract/bench'
import type { BenchPlan } from '../../../shared/measure/result'
import { type Database, openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import type { Faults } from '../../simulator/configuration'
import { RunningSimulator } from '../../simulator/running-simulator.testing'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { Bench } from './bench'
import { benchMigrations } from './migrations'

const bundleFolder = resolve(import.meta.dirname, '../../../dist/electron')
const sockets = new Sockets()
afterAll(() => sockets.close())

const silent = { info() {}, warn() {}, error() {} }
const plan: BenchPlan = {
  model: ownModel('llama3.2:1b'),
  promptTokens: 100,
  answerTokens: 48,
  concurrency: [2],
  preset: 'standard',
  contextLength: 2048,
}

let folder: string
let database: Database
let bench: Bench
let server: RunningSimulator
const address = new Watched<ServerAddress>(null)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  database = openDatabase(join(folder, 'corral.db'), benchMigrations)
  bench = new Bench({ backends: listBackends(address), sockets, database, bundleFolder, logger: silent, redact })
  server = await RunningSimulator.start(
    { installed: [plan.model.name], prefillTokensPerSecond: 8000, decodeTokensPerSecond: 200 },
    { OLLAMA_NUM_PARALLEL: '4' },
  )
  address.set({ baseUrl: server.baseUrl, version: null, isSimulated: true })
})

afterEach(async () => {
  await bench.close()
  await server.close()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const until = (holds: (live: BenchLive) => boolean) => bench.live.until((live) => live === null || holds(live))

async function runWith(faults: Faults) {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 8)
  await server.setFaults(faults)
  await bench.live.until((live) => live === null)
  return bench.show(id)
}

test.each<[string, Faults, string]>([
  ['a token that repeats until the runner gives up', { repeatsToken: true }, 'truncated'],
  ['an error in the middle of an answer', { errorAfterTokens: 5 }, 'stream-error'],
  ['connections cut in the middle of an answer', { dropAfterTokens: 5 }, 'truncated'],
])('%s: the answers count as failed, the run ends and says so', async (_, faults, outcome) => {
  const run = await runWith(faults)
  expect(run.state).toBe('failed')
  expect(run.stages[0]?.counts.byOutcome[outcome]).toBeGreaterThan(3)
  expect(run.stages[0]?.counts.ok).toBeGreaterThanOrEqual(8)
  expect(run.verdicts.map((verdict) => verdict.code)).toContain('failures')
})

test('a server that is stopped in the middle of a run leaves a failed run with its results', async () => {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 8)
  await server.kill()
  await bench.live.until((live) => live === null)
  const run = bench.show(id)
  expect([run.state, run.failure?.code]).toEqual(['failed', 'serverConnectionLost'])
  expect(run.stages[0]?.counts.ok).toBeGreaterThanOrEqual(8)
})

test('a server that hangs can be left at once', async () => {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 2)
  await server.setFaults({ hangs: true })
  await until((live) => live.inFlight === 2)
  const before = performance.now()
  await bench.cancel()
  expect(performance.now() - before).toBeLessThan(1500)
  expect(bench.show(id).state).toBe('cancelled')
})

test('work on the thread of the service does not touch what is measured', async () => {
  const { id } = await bench.start({ ...plan, preset: 'quick' })
  const janking = setInterval(() => {
    const end = performance.now() + 50
    while (performance.now() < end);
  }, 100)
  try {
    await bench.live.until((live) => live === null)
  } finally {
    clearInterval(janking)
  }
  const run = bench.show(id)
  const tpotMs = run.stages[0]?.perStream.tpotMs?.median.value ?? 0
  expect(tpotMs / 5.5).toBeGreaterThan(0.95) // 200 tokens/s, 10 % more time for the second stream
  expect(tpotMs / 5.5).toBeLessThan(1.05)
})

test('a disk that becomes full in the middle of a run ends it, says so, and its end is saved when there is room', async () => {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 8)
  const [{ page_count: pageCount }] = database.prepare('PRAGMA page_count').all() as [{ page_count: number }]
  database.exec(`PRAGMA max_page_count = ${pageCount}`)
  await bench.live.until((live) => live === null)
  const ended = { id, state: 'failed', failure: { code: 'diskFull' } }
  expect(bench.runs.current).toMatchObject([ended])
  expect(bench.show(id)).toMatchObject(ended)
  expect(bench.show(id).requestCount).toBeGreaterThanOrEqual(8)

  database.exec(`PRAGMA max_page_count = ${pageCount + 10_000}`)
  bench.show(id)
  expect(database.prepare('SELECT state FROM bench_run').all()).toEqual([{ state: 'failed' }])
})
