import { expect, test } from 'vitest'
import {
  blockBootstrapMean,
  bootstrapMedian,
  fairness,
  type Interval,
  medianInterval,
  neighbourCorrelation,
  orderStatisticInterval,
} from './interval'
import { ascending, median } from './quantile'
import { seededRandom } from './random'

function normals(count: number, random: () => number) {
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}

const lognormals = (count: number, random: () => number) =>
  normals(count, random).map((value) => Math.exp(0.35 * value))

test('the interval of a median is right about 95 times of 100', () => {
  const random = seededRandom(7)
  const rounds = 200
  let covered = 0
  for (let round = 0; round < rounds; round++) {
    const interval = bootstrapMedian(lognormals(30, random), 1, round)
    if (interval && interval.low <= 1 && interval.high >= 1) covered++
  }
  expect(covered / rounds).toBeGreaterThanOrEqual(0.92)
  expect(covered / rounds).toBeLessThanOrEqual(0.98)
})

test.each<[number, number, boolean]>([
  [0.5, 5, false],
  [0.5, 6, true],
  [0.95, 71, false],
  [0.95, 72, true],
  [0.99, 367, false],
  [0.99, 368, true],
])('the p%s of %i values has an interval: %s', (fraction, n, exists) => {
  const sorted = Array.from({ length: n }, (_, i) => i)
  expect(orderStatisticInterval(sorted, fraction) !== null).toBe(exists)
})

test('fewer than eight values have no interval', () => {
  expect(bootstrapMedian([1, 2, 3, 4, 5, 6, 7])).toBeNull()
  expect(bootstrapMedian([1, 2, 3, 4, 5, 6, 7, 8])).not.toBeNull()
})

test('the same values give the same interval', () => {
  const values = lognormals(50, seededRandom(3))
  expect(bootstrapMedian(values)).toEqual(bootstrapMedian(values))
})

const width = (interval: Interval | null) => (interval ? interval.high - interval.low : 0)

test('requests that move in waves get a wider interval', () => {
  const waves = normals(10, seededRandom(5)).flatMap((wave) => Array.from({ length: 8 }, (_, i) => 10 + wave + i / 100))
  expect(neighbourCorrelation(waves)).toBeGreaterThan(0.2)
  expect(width(medianInterval(waves, 8))).toBeGreaterThan(1.3 * width(bootstrapMedian(waves)))
})

test('ten thousand values are quick and still hold their median', () => {
  const values = lognormals(10_000, seededRandom(2))
  const interval = medianInterval(values)
  const middle = median(ascending(values)) ?? 0
  expect(interval?.low).toBeLessThan(middle)
  expect(interval?.high).toBeGreaterThan(middle)
})

test('a rate over less than three blocks has no interval', () => {
  expect(blockBootstrapMean(new Array(14).fill(50), 5)).toBeNull()
  expect(blockBootstrapMean(new Array(15).fill(50), 5)).toEqual({ low: 50, high: 50 })
})

test.each([
  [[10, 10, 10, 10], 1],
  [[40, 0, 0, 0], 0.25],
])('the fairness of %j is %s', (shares, value) => expect(fairness(shares)).toBeCloseTo(value, 12))
