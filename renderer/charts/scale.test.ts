import { expect, test } from 'vitest'
import { formatTick, logTicks, roundCeiling, runningMedian, ticksTo } from './scale'

test.each([
  [0, 1],
  [0.93, 1],
  [1.01, 1.5],
  [52.3, 60],
  [2.4, 3],
  [100, 100],
])('an axis for %s ends at %s', (value, ceiling) => expect(roundCeiling(value)).toBeCloseTo(ceiling, 9))

test.each<[number, number[]]>([
  [60, [0, 20, 40, 60]],
  [1, [0, 0.5, 1]],
  [80, [0, 40, 80]],
  [500, [0, 250, 500]],
])('an axis to %s is marked at %j', (ceiling, ticks) => expect(ticksTo(ceiling)).toEqual(ticks))

test('a logarithmic axis holds both ends', () => {
  expect(logTicks(0.3, 4)).toEqual([0.2, 0.5, 1, 2, 5])
  expect(logTicks(10, 10)).toEqual([10])
})

test('a running median forgets what is long ago', () => {
  expect(runningMedian([1, 9, 2, 2, 2], 3)).toEqual([1, 5, 2, 2, 2])
})

test.each([
  [50, '50'],
  [2.5, '2.5'],
  [0.2, '0.2'],
  [1500, '1,500'],
])('the mark %s reads %s', (value, text) => expect(formatTick(value)).toBe(text))
