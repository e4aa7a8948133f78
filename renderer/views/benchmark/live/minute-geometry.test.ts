import { expect, test } from 'vitest'
import { layout, meanOfLast, secondGaps, secondStretches, toX } from './minute-geometry'

const scale = { endMs: 100_000, width: 600, left: 40 }

test('now is at the right, a minute ago at the left, and what is older stays at the edge', () => {
  expect([toX(scale, 100_000), toX(scale, 70_000), toX(scale, 40_000), toX(scale, 1000)]).toEqual([640, 340, 40, 40])
})

test('a second is drawn at its middle and left out when it has left the picture', () => {
  const [points = []] = secondStretches(
    { endMs: 99_000 },
    Array.from({ length: 70 }, (_, i) => i),
    scale,
  )
  expect(points[points.length - 1]).toEqual({ x: toX(scale, 98_500), value: 69 })
  expect(points.length).toBeLessThanOrEqual(60)
})

test('a mean of ten begins with what there is', () => {
  expect(meanOfLast([2, 4, 6, 8], 2)).toEqual([2, 3, 5, 7])
})

test('seconds without data part the line and are a band of their own', () => {
  const rate = { endMs: 100_000 }
  const values = [5, 6, null, null, 7]
  const stretches = secondStretches(rate, values, scale)
  expect(stretches.map((points) => points.map(({ value }) => value))).toEqual([[5, 6], [7]])
  expect(secondGaps(rate, values, scale)).toEqual([
    { from: toX(scale, 97_000), to: toX(scale, 99_000), durationMs: 2000 },
  ])
  expect(meanOfLast([2, null, 6, 8], 3)).toEqual([2, null, 4, 7])
})

test('each lane has its row', () => {
  expect(layout(8, 28).height - layout(4, 28).height).toBe(4 * 28)
})
