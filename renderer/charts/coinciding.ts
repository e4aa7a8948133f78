type Values = readonly (number | null)[]

/**
 * A line in two: where it runs for itself, and where it lies on an earlier one, which it would hide. A point between the
 * two is in both, so that the line has no break.
 */
export function partedLine(values: Values, earlier: readonly Values[], tolerance: number) {
  const lies = values.map(
    (value, at) =>
      value !== null &&
      earlier.some((line) => {
        const other = line[at] ?? null
        return other !== null && Math.abs(other - value) <= tolerance
      }),
  )
  const isFree = (at: number) => at >= 0 && at < values.length && values[at] !== null && !lies[at]
  return {
    free: values.map((value, at) => (isFree(at - 1) || isFree(at) || isFree(at + 1) ? value : null)),
    lying: values.map((value, at) => (lies[at] ? value : null)),
  }
}
