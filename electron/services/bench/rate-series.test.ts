import { expect, test } from 'vitest'
import type { Progress } from './generator-messages'
import { RateSeries } from './rate-series'

const heard = (atMs: number, seconds: Progress['seconds']): Progress => ({
  kind: 'progress',
  atMs,
  ended: [],
  active: [{ number: 1, slot: 0, requestAtMs: 0, firstTokenMs: 10, events: 1 }],
  seconds,
  eventLoopUtilization: 0,
  loopDelayP99Ms: 0,
  sleptMs: 0,
})

test('a second in which no token came is a zero, and one in which nothing was heard is a gap', () => {
  const series = new RateSeries()
  series.take(heard(1500, [[1, 40]]), 0, 1)
  series.take(heard(2500, [[1, 80]]), 0, 1)
  series.take(heard(6200, [[6, 5]]), 0, 1)
  series.take(heard(7100, [[6, 70]]), 0, 1)
  expect(series.lastMinute(1)).toEqual({
    endMs: 7000,
    tokensPerSecond: [80, 0, null, null, null, 70],
    inFlight: [1, 1, null, null, null, 1],
  })
})

test('what is told late of a second fills it', () => {
  const series = new RateSeries()
  series.take(heard(1500, [[1, 40]]), 0, 1)
  series.take(heard(3100, [[2, 30]]), 0, 1)
  expect(series.lastMinute(2)).toMatchObject({ tokensPerSecond: [80, 60], inFlight: [1, null] })
})
