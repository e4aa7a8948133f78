import type { BenchRequestRow } from '../../../../shared/contract/bench'

type Value = (request: BenchRequestRow) => string | number | null

/** Sorted by a value, unknown ones last either way; equal ones stay in the order they were sent. */
export function sortRequests(
  requests: readonly BenchRequestRow[],
  value: Value,
  isDescending: boolean,
): BenchRequestRow[] {
  const sign = isDescending ? -1 : 1
  return [...requests].sort((a, b) => {
    const left = value(a)
    const right = value(b)
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return left < right ? -sign : left > right ? sign : 0
  })
}
