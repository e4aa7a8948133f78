import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { BenchLive } from '../../../shared/contract/bench'
import type { BenchPlan } from '../../../shared/measure/result'
import { type Database, openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
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
  answerTokens: 40,
  concurrency: [1],
  preset: 'quick',
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
    { installed: [plan.model.name], prefillTokensPerSecond: 8000, decodeTokensPerSecond: 100 },
    { OLLAMA_NUM_PARALLEL: '4' },
  )
  address.set({ baseUrl: server.baseUrl, version: null, isSimulated: true })
})

afterEach(async () => {
  vi.restoreAllMocks()
  await bench.close()
  await server.close()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

const until = (holds: (live: BenchLive) => boolean) => bench.live.until((live) => live === null || holds(live))

test('B2: a server that is stopped in the middle of an answer leaves a step without figures, and says why', async () => {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 3 && live.inFlight === 1)
  process.kill(server.pid, 'SIGSTOP')
  await pause(6000)
  process.kill(server.pid, 'SIGCONT')
  await bench.live.until((live) => live === null)
  const run = bench.show(id)
  const [step] = run.stages
  expect(run.state).toBe('finished')
  expect(step?.verdicts.map(({ code }) => code)).toEqual(['server-stood-still'])
  expect([step?.perStream.ttftMs, step?.system.outputTokensPerSecond, step?.counts.inWindow]).toEqual([null, null, 0])
  expect(step?.counts.ok).toBe(8)
  expect(run.curve[0]?.decodeTokensPerSecond).toBeNull()
})

test('B2: a step in which the machine slept is out of all figures, and its requests are not taken for late', async () => {
  const { id } = await bench.start({ ...plan, concurrency: [1, 2] })
  await until((live) => live.phase === 'measuring' && live.sentCount >= 3 && live.inFlight === 1)
  const { pid } = process
  spawn('sh', ['-c', `kill -STOP ${pid}; sleep 4; kill -CONT ${pid}`])
  const noted = await until((live) => live.notes.some(({ code }) => code === 'machine-slept'))
  expect(noted).not.toBeNull()
  await bench.live.until((live) => live === null)
  const run = bench.show(id)
  const [slept, next] = run.stages
  expect([run.state, run.failedCount]).toEqual(['finished', 0])
  expect(slept?.verdicts.map(({ code }) => code)).toEqual(['slept'])
  expect([slept?.perStream.ttftMs, slept?.system.outputTokensPerSecond, slept?.counts.inWindow]).toEqual([
    null,
    null,
    0,
  ])
  expect(run.verdicts[0]?.code).toBe('slept')
  expect(next?.perStream.decodeTokensPerSecond?.median.value).toBeGreaterThan(50)
  expect(next?.system.scaling).toBeNull()
})

test('B2: a wall clock that is set back moves no time of a run', async () => {
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'measuring' && live.sentCount >= 2)
  const real = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => real() - 3_600_000)
  await bench.live.until((live) => live === null)
  const run = bench.show(id)
  expect(run.state).toBe('finished')
  expect((run.endedAtMs ?? 0) - run.startedAtMs).toBeGreaterThan(2000)
  expect((run.endedAtMs ?? 0) - run.startedAtMs).toBeLessThan(60_000)
  expect(run.stages[0]?.verdicts.map(({ code }) => code)).not.toContain('slept')
  expect(run.stages[0]?.perStream.decodeTokensPerSecond?.median.value).toBeGreaterThan(70)
})

test('a run gives its model back as the server would keep it', async () => {
  await bench.start(plan)
  await bench.live.until((live) => live === null)
  await expect
    .poll(async () => {
      const { models } = (await (await fetch(`${server.baseUrl}/api/ps`)).json()) as {
        models: { expires_at: string }[]
      }
      return Math.ceil((Date.parse(models[0]?.expires_at ?? '') - Date.now()) / 60_000)
    })
    .toBe(5)
})
