import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../electron/platform/database'
import { GpuHistory as History } from '../../electron/services/gpus/gpu-history'
import { gpuMigrations } from '../../electron/services/gpus/gpu-migrations'
import type { GpuHistory, GpuReading, Gpus } from '../../shared/contract/gpus'
import { withChange, withEnd } from './gpu-changes'

const silent = { info() {}, warn() {}, error() {} }
const reading = (atMs: number) =>
  ({ atMs, utilizationPercent: atMs % 97, powerWatts: atMs % 89, throttleReasons: [] }) as unknown as GpuReading

test.each([5, 15, 60] as const)('what a page puts together of %s minutes is what the host has', (minutes) => {
  const folder = mkdtempSync(join(tmpdir(), 'corral-changes-'))
  const database = openDatabase(join(folder, 'corral.db'), gpuMigrations)
  try {
    const history = new History(database, silent)
    const cards = ['a', 'b']
    let shown: GpuHistory | null = null
    let toldAtMs = 0
    const beginMs = 1_800_000_000_000
    for (let second = 0; second < 400; second++) {
      const nowMs = beginMs + second * 1000
      // Late by nearly two seconds now and then, and silent for half a minute.
      if (second < 100 || second > 130) history.add('a', reading(nowMs - (second % 7 === 0 ? 900 : 0)))
      if (second % 2 === 0) history.add('b', reading(nowMs))
      // A page that was hidden for a while is told nothing, and all of it after that.
      if (second > 200 && second < 230) continue
      const lastAtMs = history.lastStepAtMs(minutes, nowMs)
      if (lastAtMs === toldAtMs) continue
      const change =
        shown === null ? history.series(minutes, cards, nowMs) : history.endOfSeries(minutes, cards, toldAtMs, nowMs)
      shown = withEnd(shown, change)
      toldAtMs = lastAtMs
      const { isWhole: _, ...whole } = history.series(minutes, cards, nowMs)
      expect(shown).toEqual(whole)
    }
  } finally {
    database.close()
    rmSync(folder, { recursive: true })
  }
})

const card = (uuid: string, atMs: number) => ({ uuid, name: uuid, latest: reading(atMs), lostReason: null })
const state = (...cards: ReturnType<typeof card>[]) => ({ state: 'watching', cards }) as unknown as Gpus

test('readings go to their cards, and everything else stays as it was', () => {
  const before = state(card('a', 1), card('b', 1))
  const change = { readings: [{ uuid: 'b', latest: reading(2), recentPercents: [1], lostReason: null }] }
  expect(withChange(before, change)?.cards.map(({ latest, name }) => [name, latest?.atMs])).toEqual([
    ['a', 1],
    ['b', 2],
  ])
  expect(withChange(before, { whole: state() })).toEqual(state())
  expect(withChange(null, change)).toBeNull()
})
