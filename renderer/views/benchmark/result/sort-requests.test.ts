import { expect, test } from 'vitest'
import type { BenchRequestRow } from '../../../../shared/contract/bench'
import { sortRequests } from './sort-requests'

const requests = [30, null, 10, 20, 10].map((ttftMs, i) => ({ number: i + 1, ttftMs }) as BenchRequestRow)
const numbers = (isDescending: boolean) =>
  sortRequests(requests, (request) => request.ttftMs, isDescending).map((request) => request.number)

test('unknown values are last either way, equal ones keep their order', () => {
  expect(numbers(false)).toEqual([3, 5, 4, 1, 2])
  expect(numbers(true)).toEqual([1, 4, 3, 5, 2])
})
