import { type Amount, type Decimal, decimal, notNegative, SpendInputError, zero } from './decimal'
import { type TariffTiers, tieredCost } from './electricity'

/** A price by the time of day, `from` included and `to` not; `22:00` to `08:00` goes over midnight. */
export type TariffWindow = { name: string; from: string; to: string; price: string }

export type SpanOfUse = {
  startMs: number
  endMs: number
  watts: Amount
  /** Of the meter's clock. */
  utcOffsetHours: number
  /** What the tiers count by: both turn at local midnight. */
  period: 'month' | 'year'
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const timeOfDayMs = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number)
  const at = (hours ?? Number.NaN) * hourMs + (minutes ?? Number.NaN) * 60_000
  if (!(at >= 0 && at <= dayMs)) throw new SpendInputError('windows', 'notANumber')
  return at
}

const isWithin = (window: TariffWindow, atMs: number): boolean => {
  const [from, to] = [timeOfDayMs(window.from), timeOfDayMs(window.to)]
  return from < to ? from <= atMs && atMs < to : atMs >= from || atMs < to
}

/** How long each period and each window was used, in local time. */
function timesOfUse(span: SpanOfUse, windows: readonly TariffWindow[]) {
  const periods = new Map<string, number>()
  const byWindow = new Map<string, number>()
  const add = (times: Map<string, number>, key: string, ms: number) => times.set(key, (times.get(key) ?? 0) + ms)
  const offsetMs = span.utcOffsetHours * hourMs
  const edges = [...new Set([dayMs, ...windows.flatMap((window) => [window.from, window.to].map(timeOfDayMs))])].sort(
    (a, b) => a - b,
  )
  const [start, end] = [span.startMs + offsetMs, span.endMs + offsetMs]
  for (let at = start; at < end; ) {
    const midnight = Math.floor(at / dayMs) * dayMs
    const next = Math.min(end, midnight + (edges.find((edge) => midnight + edge > at) ?? dayMs))
    add(periods, new Date(at).toISOString().slice(0, span.period === 'month' ? 7 : 4), next - at)
    const window = windows.find((each) => isWithin(each, at - midnight))
    if (window) add(byWindow, window.name, next - at)
    at = next
  }
  return { periods, byWindow }
}

const kwhOf = (watts: Decimal, ms: number) => watts.times(ms).div(1000 * hourMs)

/**
 * What an even draw costs by tiers, on top of what the household used in each period before (`"2026-11"` or `"2026"`).
 * The count begins anew at local midnight of the first day.
 */
export function tieredSpanCost(span: SpanOfUse, tiers: TariffTiers, householdKwh: Readonly<Record<string, Amount>>) {
  const watts = notNegative(span.watts, 'watts')
  const periods = [...timesOfUse(span, []).periods].map(([period, ms]) => {
    const kwh = kwhOf(watts, ms)
    return { period, kwh, cost: tieredCost(tiers, householdKwh[period] ?? 0, kwh) }
  })
  return { periods, total: periods.reduce((sum, { cost }) => sum.plus(cost), zero) }
}

/** What an even draw costs by the time of day. */
export function windowedSpanCost(span: SpanOfUse, windows: readonly TariffWindow[]) {
  const watts = notNegative(span.watts, 'watts')
  const { periods, byWindow } = timesOfUse(span, windows)
  const used = windows.map((window) => ({ window, kwh: kwhOf(watts, byWindow.get(window.name) ?? 0) }))
  return {
    periods: [...periods].map(([period, ms]) => ({ period, kwh: kwhOf(watts, ms) })),
    windows: used.map(({ window, kwh }) => ({ name: window.name, kwh })),
    total: used.reduce((sum, { window, kwh }) => sum.plus(kwh.times(decimal(window.price, 'price'))), zero),
  }
}
