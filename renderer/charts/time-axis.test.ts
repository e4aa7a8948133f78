import { expect, test } from 'vitest'
import { apart, axisAround, axisFromZero, axisInQuarters, clockMarks, gapsOf, seriesPath } from './time-axis'

const noon = new Date(2026, 10, 25, 12, 0, 7).getTime()

test.each([
  [5, ['12:01', '12:02', '12:03', '12:04', '12:05']],
  [15, ['12:03', '12:06', '12:09', '12:12', '12:15']],
  [60, ['12:10', '12:20', '12:30', '12:40', '12:50', '13:00']],
])('%s minutes are marked at round clock times', (minutes, clocks) => {
  const marks = clockMarks(noon, noon + minutes * 60_000)
  expect(marks.map((at) => new Date(at).toTimeString().slice(0, 5))).toEqual(clocks)
})

test('a gap is where no series has a value, however long', () => {
  const atMs = [0, 10, 20, 30, 40, 50]
  const gaps = gapsOf(atMs, 10, [
    [null, null, 3, null, null, null],
    [null, null, 3, null, 5, null],
  ])
  expect(gaps).toEqual([
    { fromMs: 0, toMs: 20 },
    { fromMs: 30, toMs: 40 },
    { fromMs: 50, toMs: 60 },
  ])
})

test.each([
  [472, 500, 100],
  [735, 800, 200],
  [75, 80, 20],
  [3105, 4000, 1000],
])('an axis for %s ends at %s in steps of %s', (highest, end, step) => {
  const axis = axisFromZero(highest)
  expect(axis).toMatchObject({ from: 0, to: end })
  expect(axis.marks[1]).toBe(step)
})

test('an axis grows by whole steps for what lies outside of the usual', () => {
  expect(axisAround([30, 90], 15, [44, null, 71])).toEqual({ from: 30, to: 90, marks: [30, 45, 60, 75, 90] })
  expect(axisAround([30, 90], 15, [22, 93])).toMatchObject({ from: 15, to: 105 })
  expect(axisInQuarters(24).marks).toEqual([0, 6, 12, 18, 24])
})

test('labels of lines that lie close move apart and stay inside', () => {
  expect(apart([10, 12], 15, 100)).toEqual([10, 25])
  expect(apart([98, 97], 15, 100)).toEqual([85, 100])
  expect(apart([98, 80], 15, 100)).toEqual([98, 80])
  expect(apart([10, 60], 15, 100)).toEqual([10, 60])
})

test('a line goes through the middle of each step, and stays inside', () => {
  const axis = { from: 0, to: 100, marks: [] }
  expect(seriesPath([0, 50, null, 120], axis)).toBe('M0.5 1000L1.5 500M3.5 0h0')
})
