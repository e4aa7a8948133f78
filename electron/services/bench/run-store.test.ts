import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SeenRequest } from '../../../shared/measure/stage'
import { type Database, openDatabase } from '../../platform/database'
import { benchMigrations } from './migrations'
import { newRecord } from './new-record'
import { type RunRecord, RunStore } from './run-store'

let folder: string
let database: Database
let store: RunStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  database = openDatabase(join(folder, 'corral.db'), benchMigrations)
  store = new RunStore(database)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const plan = {
  model: 'tiny',
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
  isInWindow: true,
  isReload: false,
  nonce: 'abcdefghijklmnop',
  eventsMs: [2.25, 3.5, 9.5],
})

test('a request is read as it was written, with the times of its events', () => {
  const record = newRecord(plan, {}, false)
  store.save(record)
  store.saveRequests(record.id, [request(1)])
  expect(store.seenRequests(record.id)).toEqual([{ ...request(1), eventsMs: Float32Array.from([2.25, 3.5, 9.5]) }])
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

test('a run of an earlier version, which knows no machine, is read all the same', () => {
  const { machine: _, ...earlier } = newRecord(plan, {}, false)
  store.save(earlier as RunRecord)
  expect(store.read(earlier.id).machine).toBeNull()
})
