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

const reading = (atMs: number, utilizationPercent: number | null): GpuReading => ({
  atMs,
  utilizationPercent,
  memoryUsedBytes: 1,
  powerWatts: null,
  powerLimitWatts: null,
  temperatureCelsius: 50,
  coreClockMegahertz: 1,
  memoryClockMegahertz: 1,
  fanPercent: 0,
  performanceState: null,
  throttleReasons: [],
})

const nowMs = Math.floor(Date.now() / 60_000) * 60_000

test.each([5, 15, 60] as const)('%s minutes are at most 600 points, gaps are gaps and 0 is 0', (minutes) => {
  const history = new GpuHistory(database)
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

test('after a restart the last hour is still there', () => {
  const before = new GpuHistory(database)
  for (let second = 120; second >= 0; second--) before.add('a', reading(Date.now() - second * 1000, 70))
  before.close()
  const after = new GpuHistory(database)
  expect(after.series(5, ['a']).cards[0]?.utilizationPercent.filter((value) => value !== null).length).toBeGreaterThan(
    8,
  )
})
