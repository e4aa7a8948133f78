import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { BenchLive, BenchRun } from '../../../shared/contract/bench'
import type { BenchPlan } from '../../../shared/measure/result'
import { type Database, openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { Bench } from './bench'
import { benchMigrations } from './migrations'
import { type Pace, startPacedOllama } from './paced-ollama.testing'

const bundleFolder = resolve(import.meta.dirname, '../../../dist/electron')
const silent = { info() {}, warn() {}, error() {} }
const plan: BenchPlan = {
  model: ownModel('tiny'),
  promptTokens: 128,
  answerTokens: 20,
  concurrency: [1],
  preset: 'quick',
  contextLength: 2048,
}

let folder: string
let database: Database
let bench: Bench
let sockets: Sockets
let server: Awaited<ReturnType<typeof startPacedOllama>>
const address = new Watched<ServerAddress>(null)

const machine = {
  driverVersion: '580.95.05',
  cards: [{ name: 'NVIDIA GeForce RTX 4090', powerLimitWatts: 450 }],
  settings: [{ variable: 'OLLAMA_NUM_PARALLEL', value: '8' }],
}
const openBench = () =>
  new Bench({
    backends: listBackends(address),
    sockets,
    database,
    bundleFolder,
    logger: silent,
    redact,
    machine: async () => machine,
  })

beforeEach(() => {
  sockets = new Sockets()
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  database = openDatabase(join(folder, 'corral.db'), benchMigrations)
  bench = openBench()
})

afterEach(async () => {
  await bench.close()
  await sockets.close()
  await server.stop()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

async function serve(pace: Partial<Pace>) {
  server = await startPacedOllama({ ttftMs: 20, tpotMs: 4, slots: 8, ...pace })
  address.set({ baseUrl: server.baseUrl, version: '0.32.15', isSimulated: false })
}

async function runToEnd(change: Partial<BenchPlan> = {}): Promise<BenchRun> {
  const { id } = await bench.start({ ...plan, ...change })
  await bench.live.until((live) => live === null)
  return bench.show(id)
}

const until = (holds: (live: BenchLive) => boolean) => bench.live.until((live) => live !== null && holds(live))

const verdictsOf = (run: BenchRun) => run.verdicts.map((verdict) => verdict.code)

test('a run measures what the server does and is saved with its requests', async () => {
  await serve({})
  const run = await runToEnd({ concurrency: [1, 4] })
  expect(run.state).toBe('finished')
  expect(run.load?.wasLoaded).toBe(false)
  expect(run.machine).toEqual(machine)
  expect(JSON.parse(bench.export(run.id).json).run.machine).toEqual(machine)
  expect(run.load?.loadMs).toBeGreaterThanOrEqual(100)
  expect(run.server).toMatchObject({ version: '0.32.15', quantization: 'Q4_K_M', contextLength: 2048 })
  expect(run.stages.map((stage) => [stage.kind, stage.concurrency, stage.counts.ok])).toEqual([
    ['measure', 1, 8],
    ['measure', 4, 8],
    ['drift', 1, 6],
  ])
  const [solo, four] = run.stages
  // How exact that is, accuracy.test.ts asks a server that shares no thread with the test.
  expect(solo?.perStream.tpotMs?.median.value).toBeGreaterThan(3)
  expect(solo?.perStream.tpotMs?.median.value).toBeLessThan(8)
  expect(solo?.tokens).toEqual({ source: 'eval_count', input: expect.closeTo(8 * 128, -2), output: 160 })
  expect(four?.system.scaling).toBeGreaterThan(2)
  expect(verdictsOf(run)).toEqual(expect.arrayContaining(['few-requests', 'no-failures', 'scales']))
  const requests = bench.showRequests(run.id).filter((request) => request.phase === 'measure')
  expect(requests.length).toBe(22)
  expect(requests.every((request) => request.outcome === 'ok' && request.outputTokens === 20)).toBe(true)
  expect(bench.runs.current.map((one) => [one.id, one.state, one.requestCount])).toEqual([[run.id, 'finished', 22]])
})

test.each(['serverRestarted', 'serverStopped'] as const)(
  'F8: a run that the user ends with the server says so, and keeps what was measured: %s',
  async (why) => {
    await serve({ tpotMs: 10 })
    const { id } = await bench.start({ ...plan, concurrency: [2] })
    await until((live) => live.phase === 'measuring' && live.sentCount >= 3)
    await bench.letGo(why)
    expect(bench.live.current).toBeNull()
    const run = bench.show(id)
    expect(run).toMatchObject({ state: 'failed', failure: { code: why } })
    expect(run.requestCount).toBeGreaterThan(0)
  },
)

test('every prompt begins differently, is as long as asked, and nothing is left to defaults', async () => {
  await serve({})
  await runToEnd()
  const heads = server.asked.map((asked) => asked.prompt.slice(0, 19))
  expect(new Set(heads).size).toBe(heads.length)
  const measured = server.asked.slice(-8)
  for (const { prompt, options, raw } of measured) {
    expect(prompt.split(/\s+/).length * 1.25).toBeGreaterThan(128 * 0.95)
    expect(prompt.split(/\s+/).length * 1.25).toBeLessThan(128 * 1.05)
    expect(raw).toBe(true)
    expect(options).toEqual({ num_ctx: 2048, num_predict: 20, temperature: 0, top_p: 1, repeat_penalty: 1, seed: 42 })
  }
})

test('a server that answers one at a time is called serialized', async () => {
  await serve({ slots: 1, tpotMs: 12 }) // slow enough that a late machine changes little
  const run = await runToEnd({ concurrency: [1, 4] })
  expect(verdictsOf(run)).toContain('serialized')
  expect(run.stages[1]?.server.waitMs).toBeGreaterThan(100)
})

test('a cancelled run keeps what it has, and nothing stays open', async () => {
  await serve({ tpotMs: 10 })
  const { id } = await bench.start({ ...plan, concurrency: [2] })
  await until((live) => live.phase === 'measuring' && live.sentCount >= 3)
  await bench.cancel()
  const run = bench.show(id)
  expect(run.state).toBe('cancelled')
  expect(run.stages[0]?.counts.ok).toBeGreaterThanOrEqual(3)
  expect(run.stages[0]?.isComplete).toBe(false)
  expect(bench.live.current).toBeNull()
  await sockets.close() // kept for the next question; those of the run are its own
  await expect.poll(() => server.openConnections()).toBe(0)
})

test('a run can be cancelled while the model loads and while it warms up', async () => {
  await serve({ instead: () => new Promise(() => {}) })
  const { id } = await bench.start(plan)
  await until((live) => live.phase === 'warm-up')
  await bench.cancel()
  expect(bench.show(id)).toMatchObject({ state: 'cancelled', stages: [] })
})

test('a server that dies ends the run as failed, with what had been measured', async () => {
  await serve({ tpotMs: 10 })
  const { id } = await bench.start({ ...plan, concurrency: [1, 4] })
  await until((live) => live.steps[3]?.state === 'running' && live.phase === 'measuring' && live.inFlight === 4)
  await server.stop()
  await bench.live.until((live) => live === null)
  const run = bench.show(id)
  expect(run.state).toBe('failed')
  expect(run.failure?.code).toMatch(/serverNotReady|serverConnectionLost/)
  expect(run.stages[0]?.counts.ok).toBe(8)
  expect(run.failedCount).toBeGreaterThan(0)
})

test('failures are told by kind and stay out of the figures', async () => {
  const kinds = [
    async (response: import('node:http').ServerResponse) => response.end('{"response":"a","done":false}\n'),
    async (response: import('node:http').ServerResponse) =>
      response.end('{"response":"a","done":false}\n{"error":"an error was encountered while running the model"}\n'),
  ]
  // Behind every warm-up, which takes more rounds on a busy machine, and before the last of the thirty.
  await serve({ instead: (response, index) => kinds[index - 20]?.(response) })
  const run = await runToEnd({ preset: 'standard' })
  expect(run.state).toBe('finished')
  expect(run.stages[0]?.counts).toMatchObject({ ok: 28, failed: 2, byOutcome: { truncated: 1, 'stream-error': 1 } })
  expect(run.stages[0]?.perStream.ttftMs?.min).toBeGreaterThan(15)
  expect(verdictsOf(run)).toContain('failures')
  const failed = bench.showRequests(run.id).find((request) => request.outcome === 'stream-error')
  expect(failed?.detail).toBe('an error was encountered while running the model')
})

test('a server that refuses everything ends the run at the warm-up, saying why', async () => {
  await serve({
    instead: async (response) => {
      response.statusCode = 503
      response.end('{"error":"server busy, please try again.  maximum pending requests exceeded"}')
    },
  })
  const run = await runToEnd()
  expect([run.state, run.failure?.code]).toEqual(['failed', 'serverBusy'])
})

test('a step can be ended early and the run goes on', async () => {
  await serve({ tpotMs: 10 })
  const { id } = await bench.start({ ...plan, concurrency: [1, 2], preset: 'standard' })
  await until((live) => live.phase === 'measuring' && live.sentCount >= 2)
  bench.endStep()
  await until((live) => live.stepIndex === 3 && live.phase === 'measuring' && live.sentCount >= 5)
  await bench.cancel()
  expect(bench.show(id).stages.map((stage) => stage.concurrency)).toEqual([1, 2])
})

test('what cannot be run is refused before anything is sent', async () => {
  await serve({})
  await expect(bench.start({ ...plan, promptTokens: 2048 })).rejects.toThrow('planInvalid')
  await expect(bench.start({ ...plan, model: ownModel('nope') })).rejects.toThrow('modelNotFound')
  const { id } = await bench.start(plan)
  await expect(bench.start(plan)).rejects.toThrow('runRunning')
  expect(() => bench.remove(id)).toThrow('runRunning')
  address.set(null)
  await bench.cancel()
  await expect(bench.start(plan)).rejects.toThrow('serverNotReady')
  expect(server.asked.every((asked) => asked.prompt.length < 2000)).toBe(true)
})

test('a run of a host that was killed is shown as interrupted, with its open step measured', async () => {
  await serve({})
  const { id } = await bench.start({ ...plan, concurrency: [1, 2] })
  await until((live) => live.stepIndex === 3 && live.sentCount >= 11)
  const copy = join(folder, 'killed.db')
  database.exec(`VACUUM INTO '${copy}'`)
  await bench.cancel()
  const killed = openDatabase(copy, benchMigrations)
  const after = new Bench({
    backends: listBackends(address),
    sockets,
    database: killed,
    bundleFolder,
    logger: silent,
    redact,
  })
  expect(after.runs.current.map((run) => [run.id, run.state])).toEqual([[id, 'interrupted']])
  expect(after.show(id).stages.map((stage) => stage.counts.ok >= 1)).toEqual([true, true])
  killed.close()
})

test('a deleted run is gone from the list, can be brought back, and not after a restart', async () => {
  await serve({})
  const { id } = await runToEnd()
  bench.remove(id)
  expect(bench.runs.current).toEqual([])
  bench.restore(id)
  expect(bench.runs.current.length).toBe(1)
  bench.remove(id)
  await bench.close()
  bench = openBench()
  expect(() => bench.show(id)).toThrow('runNotFound')
})

test('an export is JSON that names its schema and holds run, steps, requests and their events', async () => {
  await serve({})
  const run = await runToEnd()
  const { fileName, json } = bench.export(run.id)
  const exported = JSON.parse(json)
  expect(fileName).toMatch(/^bench-tiny-\d{4}-\d\d-\d\d-\d\d-\d\d\.json$/)
  expect(exported).toMatchObject({ schema: 'corral.bench/1', hasEvents: true, run: { id: run.id, state: 'finished' } })
  expect(exported.run.stages.length).toBe(1)
  expect(exported.requests.at(-1).eventsMs.length).toBe(20)
})
