/** A copy in ascending order; gaps and NaN never get in, since callers pass measured values only. */
export const ascending = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort()

/**
 * Quantile of type 7 (numpy's default): linear between order statistics at (n - 1) * fraction.
 * `sorted` ascends; null when it is empty. Source: benchmarking.md, 2.
 */
export function quantile(sorted: ArrayLike<number>, fraction: number): number | null {
  if (sorted.length === 0) return null
  const place = (sorted.length - 1) * fraction
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? 0
  return below + (above - below) * (place - Math.floor(place))
}

/** The median of values in any order; null when there are none. */
export const median = (values: ArrayLike<number>): number | null => quantile(ascending(values), 0.5)

/** The arithmetic mean; null when there are no values. */
export function mean(values: ArrayLike<number>): number | null {
  if (values.length === 0) return null
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  return sum / values.length
}

/** The sample's standard deviation (n - 1 in the denominator); null below two values. */
export function standardDeviation(values: ArrayLike<number>): number | null {
  const centre = mean(values)
  if (centre === null || values.length < 2) return null
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}
