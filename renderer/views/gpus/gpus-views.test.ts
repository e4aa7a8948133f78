import { expect, test } from 'vitest'
import type { Gpu, GpuHistory, GpuReading } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { freeBytes, memoryParts, memoryTogether } from '../../parts/card-memory'
import { axisOf, marksOf, seriesOf } from './chart-model'
import { heldBack } from './held-back'
import { historyCsv } from './history-csv'

const gibibyte = 2 ** 30
const reading: GpuReading = {
  atMs: 1,
  utilizationPercent: 90,
  memoryUsedBytes: 20 * gibibyte,
  memoryReservedBytes: gibibyte / 2,
  powerWatts: 400,
  powerLimitWatts: 450,
  temperatureCelsius: 70,
  coreClockMegahertz: 2600,
  memoryClockMegahertz: 10_251,
  fanPercent: 0,
  performanceState: 'P2',
  throttleReasons: [],
  driverErrors: [],
}
const card: Gpu = {
  uuid: 'a',
  index: 0,
  name: 'Test',
  memoryTotalBytes: 24 * gibibyte,
  pcie: null,
  maximumPowerWatts: 600,
  latest: reading,
  recentPercents: [],
  lostReason: null,
  sharesMemory: false,
  processes: [],
}
const frame = { uuid: 'a', index: 0, memoryTotalBytes: 24 * gibibyte, powerLimitWatts: 450 }
const model = (name: string, usedBytes: number): LoadedModel => ({
  name,
  sizeBytes: usedBytes,
  vramBytes: usedBytes,
  stay: { kind: 'for-ever' },
  contextLength: null,
  runnerPid: 1,
  cards: [{ uuid: 'a', usedBytes }],
})
const history = (changes: Partial<GpuHistory['cards'][number]> = {}): GpuHistory => ({
  atMs: [0, 1500, 3000],
  stepMs: 1500,
  cards: [
    {
      uuid: 'a',
      utilizationPercent: [0, null, 90.5],
      memoryUsedBytes: [gibibyte, null, gibibyte * 2],
      powerWatts: [30, null, 400],
      temperatureCelsius: [22, null, 70],
      coreClockMegahertz: [210, null, 2600],
      fanPercent: [0, null, 30],
      powerCappedShare: [0, null, 0],
      slowedShare: [0, null, 0],
      ...changes,
    },
  ],
})

test('memory is the models, the others together, and what the driver keeps; the rest is free', () => {
  expect(memoryParts(card, [model('llama', 15 * gibibyte), model('embed', gibibyte)])).toEqual([
    { kind: 'model', name: 'llama', sizeBytes: 15 * gibibyte },
    { kind: 'model', name: 'embed', sizeBytes: gibibyte },
    { kind: 'other', sizeBytes: 4 * gibibyte },
    { kind: 'reserved', sizeBytes: gibibyte / 2 },
  ])
  expect(freeBytes(card)).toBe(3.5 * gibibyte)
})

test('what a card does not tell is unknown, not free', () => {
  expect(freeBytes({ ...card, memoryTotalBytes: null })).toBeNull()
  expect(freeBytes({ ...card, latest: null })).toBeNull()
  expect(memoryParts({ ...card, latest: null }, [])).toEqual([])
})

test.each([
  ['free', reading, {}, 0],
  ['idle', { ...reading, throttleReasons: ['idle' as const] }, {}, 0],
  ['unknown', { ...reading, throttleReasons: null }, {}, 0],
  ['capped', reading, { powerCappedShare: [0.5, null, 1] }, 2250],
  ['slowed', reading, { powerCappedShare: [1, 1, 1], slowedShare: [0, 0, 1] }, 1500],
  ['slowed', { ...reading, throttleReasons: ['hardware-thermal' as const] }, {}, 0],
] as const)('a card is told as %s', (kind, latest, changes, durationMs) => {
  const told = heldBack(latest as GpuReading, history(changes as object), 'a')
  expect(told).toMatchObject({ kind, durationMs })
})

test('the saved table has a row a step, and empty cells where nothing was read', () => {
  const [header, first, gap, last] = historyCsv(history(), [card]).split('\r\n')
  expect(header).toMatch(/^time,GPU 0 utilization %,GPU 0 memory MiB,/)
  expect(first).toBe('1970-01-01T00:00:00.000Z,0,1024,30,22,210,0,0,0')
  expect(gap).toBe('1970-01-01T00:00:01.500Z,,,,,,,,')
  expect(last).toContain(',90.5,2048,400,')
})

test('axes have the ends of the card, and grow for what lies outside', () => {
  const axis = (quantity: Parameters<typeof axisOf>[0]) =>
    axisOf(quantity, seriesOf(history(), [frame], quantity), [frame])
  expect(axis('utilizationPercent').to).toBe(100)
  expect(axis('memoryUsedBytes').to).toBe(24)
  expect(axis('powerWatts').to).toBe(500)
  expect(axis('temperatureCelsius')).toMatchObject({ from: 15, to: 90 })
})

test('only what held a card back is marked', () => {
  expect(marksOf(history(), [frame])).toEqual([])
  expect(marksOf(history({ slowedShare: [0, null, 0.5] }), [frame])).toHaveLength(1)
})

test('G1: cards that share the memory of the machine count it once', () => {
  const shared = { ...card, sharesMemory: true, memoryTotalBytes: 120 * gibibyte }
  expect(memoryTogether([card, card])).toEqual({ usedBytes: 40 * gibibyte, totalBytes: 48 * gibibyte })
  expect(memoryTogether([shared, shared])).toEqual({ usedBytes: 20 * gibibyte, totalBytes: 120 * gibibyte })
  expect(memoryTogether([card, shared])).toEqual({ usedBytes: 40 * gibibyte, totalBytes: 144 * gibibyte })
  expect(memoryTogether([card, { ...card, memoryTotalBytes: null }]).totalBytes).toBeNull()
})
