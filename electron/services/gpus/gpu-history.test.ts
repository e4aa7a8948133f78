import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GpuReading } from '../../../shared/contract/gpus'
import { type Database, openDatabase } from '../../platform/database'
import { GpuHistory } from './gpu-history'
import { gpuMigrations } from './gpu-migrations'

let folder: string
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-history-'))
  database = openDatabase(join(folder, 'corral.db'), gpuMigrations)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const silent = { info() {}, warn() {}, error() {} }

const reading = (atMs: number, utilizationPercent: number | null): GpuReading => ({
  atMs,
  utilizationPercent,
  memoryUsedBytes: 1,
  memoryReservedBytes: null,
  powerWatts: null,
  powerLimitWatts: null,
  temperatureCelsius: 50,
  coreClockMegahertz: 1,
  memoryClockMegahertz: 1,
  fanPercent: 0,
  performanceState: null,
  throttleReasons: [],
  driverErrors: [],
})

const nowMs = Math.floor(Date.now() / 60_000) * 60_000

test.each([5, 15, 60] as const)('%s minutes are at most 600 points, gaps are gaps and 0 is 0', (minutes) => {
  const history = new GpuHistory(database, silent)
  for (let second = 3600; second >= 0; second--) {
    if (second > 100 && second < 140) continue
    history.add('a', reading(nowMs - second * 1040, second === 50 ? null : 0))
  }
  const series = history.series(minutes, ['a', 'b'], nowMs)
  expect(series.atMs.length).toBeLessThanOrEqual(600)
  const utilization = series.cards[0]?.utilizationPercent ?? []
  const gaps = utilization.filter((value) => value === null).length * series.stepMs
  expect(gaps).toBeGreaterThan(28_000)
  expect(gaps).toBeLessThan(48_000)
  expect(utilization.filter((value) => value !== null).every((value) => value === 0)).toBe(true)
  expect(series.cards[1]?.powerWatts.every((value) => value === null)).toBe(true)
})

test('after a restart the last hour is still there, without gaps of its own', () => {
  const before = new GpuHistory(database, silent)
  for (let second = 120; second >= 0; second--) before.add('a', reading(nowMs - second * 1000, 70))
  before.close()
  const after = new GpuHistory(database, silent)
  const { stepMs, cards } = after.series(5, ['a'], nowMs)
  const known = cards[0]?.utilizationPercent.filter((value) => value !== null) ?? []
  expect(known.length * stepMs).toBeGreaterThan(115_000)
  expect(known.every((value) => value === 70)).toBe(true)
})

test('a reading that comes late leaves no gap, one that never comes does', () => {
  const history = new GpuHistory(database, silent)
  for (const second of [60, 59, 58, 55.5, 54.5, 49, 48]) history.add('a', reading(nowMs - second * 1000, 40))
  const { atMs, cards } = history.series(5, ['a'], nowMs)
  const isKnown = (second: number) =>
    cards[0]?.utilizationPercent[atMs.findLastIndex((begin) => begin <= nowMs - second * 1000)] !== null
  expect([59, 57, 55].map(isKnown)).toEqual([true, true, true])
  expect(isKnown(52)).toBe(false)
})

test('a restart of nvidia-smi is a gap', () => {
  const history = new GpuHistory(database, silent)
  for (const second of [20.4, 19.4, 18.4]) history.add('a', reading(nowMs - second * 1000, 40))
  history.interrupt()
  for (const second of [16.4, 15.4, 14.4]) history.add('a', reading(nowMs - second * 1000, 40))
  const { cards } = history.series(5, ['a'], nowMs)
  const told = cards[0]?.utilizationPercent.map((value) => (value === null ? '-' : 'x')).join('')
  expect(told).toMatch(/x+-+x+-*$/)
})

test('what held the card back is told as a share of each step, and as unknown where the driver does not say', () => {
  const history = new GpuHistory(database, silent)
  for (let second = 60; second > 30; second--) {
    history.add('a', { ...reading(nowMs - second * 1000, 90), throttleReasons: second > 45 ? ['power-cap'] : ['idle'] })
    history.add('b', { ...reading(nowMs - second * 1000, 90), throttleReasons: null })
  }
  const { stepMs, cards } = history.series(5, ['a', 'b'], nowMs)
  const sum = (values: (number | null)[] = []) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
  expect((sum(cards[0]?.powerCappedShare) * stepMs) / 1000).toBeCloseTo(15, -0.5)
  expect(sum(cards[0]?.slowedShare)).toBe(0)
  expect(cards[1]?.powerCappedShare.every((share) => share === null)).toBe(true)
})

test('a disk without room costs the readings on it, not those in memory', () => {
  const failed: string[] = []
  const history = new GpuHistory(database, { ...silent, error: (message) => failed.push(message) })
  database.exec('PRAGMA max_page_count = 1') // SQLite takes the pages there are
  const count = 3000
  for (let step = 0; step < count; step++) history.add('a', reading(nowMs - (count - step) * 11_000, 70))
  history.close()
  expect(failed.length).toBeGreaterThan(0)
  const [card] = history.series(60, ['a'], nowMs).cards
  expect(card?.temperatureCelsius.filter((value) => value !== null).length).toBeGreaterThan(200)
})

const valuesIn = (history: GpuHistory, atMs = nowMs) => {
  const series = history.series(5, ['a'], atMs)
  return series.atMs.map((stepAtMs, place) => ({ stepAtMs, value: series.cards[0]?.utilizationPercent[place] ?? null }))
}

test('B2: two minutes asleep are a gap, and what lay in the pipe meanwhile is no reading of now', () => {
  const history = new GpuHistory(database, silent)
  for (let second = 240; second > 130; second--) history.add('a', reading(nowMs - second * 1000, 90))
  // 110 seconds later: what nvidia-smi wrote before the machine slept, then what it reads now.
  for (let row = 0; row < 110; row++) history.add('a', reading(nowMs - 20_000, row < 109 ? 90 : 10))
  for (let second = 19; second >= 0; second--) history.add('a', reading(nowMs - second * 1000, 10))
  const values = valuesIn(history)
  const asleep = values.filter(({ stepAtMs }) => stepAtMs > nowMs - 127_000 && stepAtMs < nowMs - 24_000)
  expect(asleep.length).toBeGreaterThan(60)
  expect(asleep.every(({ value }) => value === null)).toBe(true)
  expect(values.filter(({ stepAtMs }) => stepAtMs >= nowMs - 21_000).every(({ value }) => value === 10)).toBe(true)
})

test('B2: a clock set back one hour leaves one line, not two mixed, also after a restart', () => {
  const history = new GpuHistory(database, silent)
  const laterMs = nowMs + 3_600_000
  for (let second = 120; second >= 0; second--) history.add('a', reading(laterMs - second * 1000, 90))
  for (let second = 60; second >= 0; second--) history.add('a', reading(nowMs - second * 1000, 10))
  history.close()
  for (const one of [history, new GpuHistory(database, silent)]) {
    expect(valuesIn(one).filter(({ value }) => value !== null && value !== 10)).toEqual([])
    expect(valuesIn(one, laterMs).filter(({ value }) => value !== null)).toEqual([])
  }
})
