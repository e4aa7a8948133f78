import { expect, test } from 'vitest'
import { Restarts } from './restarts'

test('restarts come later each time, and the fifth crash in two minutes is the last', () => {
  const policy = new Restarts()
  expect([0, 5000, 10_000, 20_000, 40_000].map((atMs) => policy.countCrash(atMs))).toEqual([
    1000,
    2000,
    4000,
    8000,
    null,
  ])
})

test('crashes that lie far apart do not add up', () => {
  const policy = new Restarts()
  expect([0, 130_000, 260_000].map((atMs) => policy.countCrash(atMs))).toEqual([1000, 1000, 1000])
})
