import { expect, it } from 'vitest'
import { partedLine } from './coinciding'

it.each([
  ['apart', [50, 50, 50], [10, 10, 10], [50, 50, 50], [null, null, null]],
  ['one on the other', [0, 0, 0], [0, 0, 0], [null, null, null], [0, 0, 0]],
  ['parting', [0, 0, 40], [0, 0, 0], [null, 0, 40], [0, 0, null]],
  ['nothing known of the other', [5, 5], [null, null], [5, 5], [null, null]],
  ['nothing known', [null, 5], [5, 5], [null, null], [null, 5]],
])('F38: two cards alike are both seen: %s', (_, values, earlier, free, lying) => {
  expect(partedLine(values, [earlier], 1)).toEqual({ free, lying })
})
