import { medianInterval, orderStatisticInterval } from './interval'
import { ascending, mean, quantile, standardDeviation } from './quantile'
import type { Distribution, Estimate } from './result'

/**
 * What many values say together; null when there are none. Values come in order of completion; `wave` is how many
 * requests move together (the concurrency). A tail is given only where its interval exists.
 */
export function distributionOf(values: readonly number[], wave = 1): Distribution | null {
  const sorted = ascending(values)
  const middle = quantile(sorted, 0.5)
  if (middle === null) return null
  const n = values.length
  const interval = medianInterval(values, wave)
  return {
    n,
    mean: mean(values) ?? middle,
    standardDeviation: standardDeviation(values),
    min: sorted[0] ?? middle,
    max: sorted[n - 1] ?? middle,
    median: {
      value: middle,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      method: interval ? (n > 500 ? 'order-statistic' : 'bootstrap') : 'none',
      n,
    },
    p95: tail(sorted, 0.95),
    p99: tail(sorted, 0.99),
  }
}

function tail(sorted: Float64Array, fraction: number): Estimate | null {
  const value = quantile(sorted, fraction)
  const interval = orderStatisticInterval(sorted, fraction)
  return value !== null && interval ? { value, ...interval, method: 'order-statistic', n: sorted.length } : null
}
