/** What stands where a value is unknown; never 0. */
export const unknown = '—'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Three significant digits: 52.8, 0.94, 1,280. A measurement, not money. */
export function formatMeasure(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return unknown
  const magnitude = Math.abs(value)
  if (magnitude >= 99.95) return grouped.format(value)
  if (magnitude >= 9.995) return value.toFixed(1)
  if (magnitude === 0) return '0'
  return value.toFixed(2)
}

/** A whole number with its thousands apart. */
export const formatCount = (value: number | null): string => (value === null ? unknown : grouped.format(value))

/** A part in per cent, or a small time, that needs no more than whole numbers: 22, 2, 0.4. */
export function formatPart(value: number): string {
  return Math.abs(value) >= 0.95 ? grouped.format(value) : formatMeasure(Math.round(value * 10) / 10)
}

export const formatPercent = (share: number | null): string =>
  share === null ? unknown : `${Math.round(share * 100)}%`
