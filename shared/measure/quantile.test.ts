import { expect, test } from 'vitest'
import { ascending, mean, median, quantile, standardDeviation } from './quantile'

test.each([
  [0, 1],
  [0.25, 1.75],
  [0.5, 2.5],
  [0.9, 3.7],
  [1, 4],
])('the %s quantile of 1 to 4 lies between its neighbours as numpy has it: %s', (fraction, value) => {
  expect(quantile([1, 2, 3, 4], fraction)).toBeCloseTo(value, 12)
})

test('nothing has no quantile, no mean and no deviation', () => {
  expect([median([]), mean([]), standardDeviation([]), standardDeviation([1])]).toEqual([null, null, null, null])
})

test('the deviation is that of a sample', () => {
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5)
})

/** A server that needs 100 ms and one request at a time, frozen for 10 s from t = 20 s; arrivals every 200 ms. */
function frozenServer(arrivalsMs: readonly number[]) {
  let freeAtMs = 0
  return arrivalsMs.map((atMs) => {
    let startMs = Math.max(atMs, freeAtMs)
    if (startMs >= 20_000 && startMs < 30_000) startMs = 30_000
    freeAtMs = startMs + 100
    return { fromPlanMs: freeAtMs - atMs, fromSendMs: freeAtMs - startMs }
  })
}

test('golden vector D: measured from the plan, a freeze is seen; from the sending, it is not', () => {
  const answers = frozenServer(Array.from({ length: 300 }, (_, i) => i * 200))
  const planned = ascending(answers.map((answer) => answer.fromPlanMs / 1000))
  const at = (fraction: number) => quantile(planned, fraction) ?? Number.NaN
  expect(at(0.5)).toBeCloseTo(0.1, 2)
  expect(at(0.9)).toBeCloseTo(7.11, 1)
  expect(at(0.95)).toBeCloseTo(8.61, 1)
  expect(at(0.99)).toBeCloseTo(9.8, 1)
  expect(at(1)).toBeCloseTo(10.1, 2)
  const sent = ascending(answers.map((answer) => answer.fromSendMs / 1000))
  expect(quantile(sent, 0.99)).toBeCloseTo(0.1, 6)
})
