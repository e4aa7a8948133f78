import { expect, test } from 'vitest'
import { linePath } from './line-path'

const at = (x: number, y: number) => ({ x, y })

test.each([
  [[], ''],
  [[null], ''],
  [[at(0.5, 1000), at(1.5, 500), null, at(3.5, 0), null], 'M0.5 1000L1.5 500M3.5 0h0'],
  [[at(595, 5.04), at(605, 6.06)], 'M595 5L605 6.1'],
  [[null, at(1, 2), null, at(3, 4), at(5, 6)], 'M1 2h0M3 4L5 6'],
])('a line breaks where a value is missing, and a value alone is a dot: %j', (points, path) => {
  expect(linePath(points)).toBe(path)
})
