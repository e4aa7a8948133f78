import { expect, test } from 'vitest'
import { SlidingLimit } from './sliding-limit'

/** A small generator of numbers that are the same each time. */
function* numbers(seed: number) {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    yield state / 2 ** 31
  }
}

test('in no window of its length does more than the limit pass, whenever it is asked', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = numbers(seed)
    const next = () => random.next().value as number
    const [limit, windowMs] = [1 + Math.floor(next() * 12), 100 + Math.floor(next() * 900)]
    const log = new SlidingLimit(limit, windowMs)
    const passed: { atMs: number; weight: number }[] = []
    for (let [nowMs, step] = [0, 0]; step < 200; step += 1) {
      nowMs += Math.floor(next() * 60)
      const weight = 1 + Math.floor(next() * 3)
      if (log.take(weight, nowMs) !== null) passed.push({ atMs: nowMs, weight })
    }
    for (const { atMs } of passed) {
      const within = passed.filter((one) => one.atMs >= atMs && one.atMs < atMs + windowMs)
      expect(within.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(limit)
    }
  }
})

test('ten a minute let ten through and not nineteen around the edge of a minute', () => {
  const log = new SlidingLimit(10, 60_000)
  const taken = (atMs: number) =>
    Array.from({ length: 10 }, () => log.take(1, atMs)).filter((place) => place !== null).length
  expect([taken(0) > 0, taken(59_500) + taken(60_100)]).toEqual([true, 10])
})

test('what must wait is told for how long, and passes then', () => {
  const log = new SlidingLimit(2, 1000)
  log.take(1, 0)
  log.take(1, 300)
  expect([log.waitMs(1, 400), log.waitMs(2, 400)]).toEqual([600, 900])
  expect([log.take(1, 999), log.take(1, 1000)]).toEqual([null, 2])
  expect(log.waitMs(3, 1000)).toBeNull()
})

test('what was reserved too high is given back when the count is known', () => {
  const log = new SlidingLimit(100, 1000)
  const place = log.take(90, 0) as number
  expect(log.take(20, 1)).toBeNull()
  log.settle(place, 30)
  expect(log.take(20, 2)).not.toBeNull()
  expect(log.used).toBe(50)
})
