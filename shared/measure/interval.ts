import { ascending, mean, quantile } from './quantile'
import { seededRandom } from './random'

export type Interval = { low: number; high: number }

const resamples = 2000
const z95 = 1.959964

/**
 * 95 % interval of the median by the percentile bootstrap over requests, in order of completion. `block` above 1
 * resamples runs of neighbours, for requests that move in waves. Null below 8 values: show the dots instead.
 * Source: benchmarking.md, 7.
 */
export function bootstrapMedian(values: ArrayLike<number>, block = 1, seed = 1): Interval | null {
  const n = values.length
  if (n < 8) return null
  const random = seededRandom(seed)
  const sample = new Float64Array(n)
  const medians = new Float64Array(resamples)
  const length = Math.max(1, Math.min(block, Math.floor(n / 2)))
  for (let round = 0; round < resamples; round++) {
    for (let filled = 0; filled < n; ) {
      const from = Math.floor(random() * (n - length + 1))
      for (let i = 0; i < length && filled < n; i++) sample[filled++] = values[from + i] ?? 0
    }
    medians[round] = quantile(sample.sort(), 0.5) ?? 0
  }
  medians.sort()
  return { low: quantile(medians, 0.025) ?? 0, high: quantile(medians, 0.975) ?? 0 }
}

/**
 * 95 % interval of a quantile from order statistics (binomial). `sorted` ascends. Null where so few values cannot
 * carry one: p50 needs 6, p95 72, p99 368. Source: benchmarking.md, 7.
 */
export function orderStatisticInterval(sorted: ArrayLike<number>, fraction: number): Interval | null {
  const n = sorted.length
  const tail = Math.max(fraction, 1 - fraction)
  if (n < Math.log(0.025) / Math.log(tail)) return null
  const half = z95 * Math.sqrt(n * fraction * (1 - fraction))
  const low = sorted[Math.max(0, Math.floor(n * fraction - half) - 1)]
  const high = sorted[Math.min(n - 1, Math.ceil(n * fraction + half))]
  return low === undefined || high === undefined ? null : { low, high }
}

/**
 * 95 % interval of a mean rate from its bins of a second, by a moving-block bootstrap; neighbours are alike, so
 * `blockSeconds` should cover the longer of 5 s and one answer. Null below three blocks. Source: benchmarking.md, 7.
 */
export function blockBootstrapMean(bins: ArrayLike<number>, blockSeconds: number, seed = 1): Interval | null {
  const n = bins.length
  const length = Math.max(1, Math.ceil(blockSeconds))
  if (n < 3 * length) return null
  const random = seededRandom(seed)
  const means = new Float64Array(resamples)
  for (let round = 0; round < resamples; round++) {
    let sum = 0
    for (let filled = 0; filled < n; ) {
      const from = Math.floor(random() * (n - length + 1))
      for (let i = 0; i < length && filled < n; i++, filled++) sum += bins[from + i] ?? 0
    }
    means[round] = sum / n
  }
  means.sort()
  return { low: quantile(means, 0.025) ?? 0, high: quantile(means, 0.975) ?? 0 }
}

/** How alike neighbours are, from -1 to 1 (lag-1 autocorrelation); 0 when it cannot be told. */
export function neighbourCorrelation(values: ArrayLike<number>): number {
  const centre = mean(values)
  if (centre === null || values.length < 3) return 0
  let together = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const offset = (values[i] ?? 0) - centre
    squares += offset ** 2
    if (i > 0) together += offset * ((values[i - 1] ?? 0) - centre)
  }
  return squares === 0 ? 0 : together / squares
}

/** Jain's fairness of shares: 1 when all are equal, 1/n when one has everything; null without shares. */
export function fairness(shares: ArrayLike<number>): number | null {
  let sum = 0
  let squares = 0
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i] ?? 0
    squares += (shares[i] ?? 0) ** 2
  }
  return squares === 0 ? null : sum ** 2 / (shares.length * squares)
}

/** 95 % interval of the median of values in order of completion: bootstrapped, or by order statistics when they are many. */
export function medianInterval(values: ArrayLike<number>, wave = 1): Interval | null {
  if (values.length > 500) return orderStatisticInterval(ascending(values), 0.5)
  return bootstrapMedian(values, neighbourCorrelation(values) > 0.2 ? wave : 1)
}

/** Whether an interval is wider than its value: such a one says that the value is not known, and is not drawn. */
export function isTooWide({ value, low, high }: { value: number; low: number | null; high: number | null }): boolean {
  return low !== null && high !== null && high - low > Math.abs(value)
}
