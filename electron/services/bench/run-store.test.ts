import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { measureStage, type SeenRequest } from '../../../shared/measure/stage'
import { type Database, openDatabase } from '../../platform/database'
import { benchMigrations } from './migrations'
import { newRecord } from './new-record'
import { RunStore } from './run-store'

let folder: string
let database: Database
let store: RunStore
let logged: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  database = openDatabase(join(folder, 'corral.db'), benchMigrations)
  logged = []
  store = new RunStore(database, { info() {}, warn() {}, error: (_, detail) => logged.push(String(detail)) })
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const plan = {
  model: ownModel('tiny'),
  promptTokens: 100,
  answerTokens: 10,
  concurrency: [1],
  preset: 'quick' as const,
  contextLength: 2048,
}

const request = (number: number): SeenRequest => ({
  number,
  stage: 0,
  phase: 'measure',
  slot: 0,
  scheduledAtMs: number * 10.5,
  requestAtMs: number * 10.5,
  endAtMs: number * 10.5 + 10,
  outcome: number % 100 === 0 ? 'stream-error' : 'ok',
  status: 200,
  detail: number % 100 === 0 ? 'a NUL \0 in the middle' : null,
  finishReason: 'length',
  headersMs: 2.25,
  ttftMs: 2.25,
  ttfoMs: 2.25,
  tpotMs: 0.75,
  e2eMs: 9.5,
  maxGapMs: 1,
  events: 3,
  tokensPerEvent: 1,
  outputTokens: 3,
  reasoningTokens: null,
  promptTokens: 100,
  cachedTokens: null,
  tokenSource: 'eval_count',
  serverLoadMs: 1,
  serverPromptMs: 2,
  serverAnswerMs: 7,
  serverTotalMs: 10,
  isShort: false,
  isInWindow: false,
  isReload: false,
  nonce: 'abcdefghijklmnop',
  eventsMs: [2.25, 3.5, 9.5],
})

test('a request is read as it was written, with the times of its events', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(record.id, [request(1)])
  const eventsMs = Float32Array.from([2.25, 3.5, 9.5])
  expect(store.seenRequests(record.id)).toEqual([{ ...request(1), eventsMs }])
})

test('what a server said is kept whole, even with a NUL in it', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(record.id, [request(100)])
  expect(store.requests(record.id)[0]?.detail).toBe('a NUL \0 in the middle')
})

test('requests are read in parts that follow one another', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(record.id, [request(3), request(1), request(7), request(4)])
  const numbers = (part: { after: number; count: number }) =>
    store.requests(record.id, part).map(({ number }) => number)
  expect(numbers({ after: 0, count: 2 })).toEqual([1, 3])
  expect(numbers({ after: 3, count: 2 })).toEqual([4, 7])
  expect(numbers({ after: 7, count: 2 })).toEqual([])
})

test('a run of ten thousand requests is opened', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(
    record.id,
    Array.from({ length: 10_000 }, (_, i) => request(i + 1)),
  )
  const beganAtMs = performance.now()
  const requests = store.requests(record.id)
  console.log(`10,000 requests read in ${(performance.now() - beganAtMs).toFixed(0)} ms`)
  expect(requests.length).toBe(10_000)
})

test('which requests were in the window of their step is known once the step is measured', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(record.id, [request(1), request(2), request(3)])
  const seen = [1, 2, 3].map(request)
  const facts = { position: 0, kind: 'measure' as const, concurrency: 1, plannedRequests: 3 }
  const client = { eventLoopUtilization: 0, loopDelayP99Ms: 0 }
  const measured = measureStage(
    seen,
    { ...facts, client, ceilingTokensPerSecond: null },
    { solo: null, freshPrefillRate: null },
  )
  store.saveStage(record.id, measured.stage, new Set([2, 3]))
  expect(store.requests(record.id).map(({ isInWindow }) => isInWindow)).toEqual([false, true, true])
  expect(store.read(record.id).stages).toEqual([measured.stage])
})

/** Another record in place of a run's own, as another Corral may have left it. */
function rewrite(id: string, column: 'record' | 'summary', change: (record: Record<string, unknown>) => unknown) {
  const read = () =>
    (database.prepare(`SELECT ${column} AS text FROM bench_run WHERE id = ?`).get(id) as { text: string }).text
  database
    .prepare(`UPDATE bench_run SET ${column} = ? WHERE id = ?`)
    .run(JSON.stringify(change(JSON.parse(read()))), id)
  return read
}

test('a run of the first version, which knew neither machine nor backend, is read all the same', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  rewrite(record.id, 'record', ({ version: _, machine: __, ...earlier }) => ({
    ...earlier,
    plan: { ...plan, model: 'tiny' },
  }))
  expect(store.read(record.id)).toEqual({ ...record, stages: [] })
})

test.each([
  ['a newer Corral’s', 'recordNewer', (record: object) => ({ ...record, version: 99 })],
  ['broken', 'recordBroken', (record: object) => ({ ...record, plan: 'lost' })],
])('a run that is %s fails with %s, is left out of the list and stays as it is', (_, code, change) => {
  const [good, bad] = [newRecord(plan, {}, false), newRecord(plan, {}, false)]
  for (const record of [good, bad]) store.save(record)
  const kept = [rewrite(bad.id, 'record', change), rewrite(bad.id, 'summary', change)]
  const before = kept.map((read) => read())
  expect(() => store.read(bad.id)).toThrow(expect.objectContaining({ code }))
  expect(store.list().map(({ id }) => id)).toEqual([good.id])
  const ended: string[] = []
  store.endUnfinished(({ id }) => ended.push(id))
  expect(ended).toEqual([good.id])
  expect(kept.map((read) => read())).toEqual(before)
  expect(logged).toEqual([
    expect.stringContaining(`summary of run ${bad.id}, Failure: ${code}`),
    expect.stringContaining(`run ${bad.id}, Failure: ${code}`),
  ])
})
