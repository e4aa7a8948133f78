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
  const byWindow = new Map<TariffWindow, number>()
  const add = <Key>(times: Map<Key, number>, key: Key, ms: number) => times.set(key, (times.get(key) ?? 0) + ms)
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
    if (window) add(byWindow, window, next - at)
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
  const byName = new Map<string, Decimal>()
  let total = zero
  for (const [{ name, price }, ms] of byWindow) {
    const kwh = kwhOf(watts, ms)
    byName.set(name, (byName.get(name) ?? zero).plus(kwh))
    total = total.plus(kwh.times(decimal(price, 'price')))
  }
  return {
    periods: [...periods].map(([period, ms]) => ({ period, kwh: kwhOf(watts, ms) })),
    windows: [...byName].map(([name, kwh]) => ({ name, kwh })),
    total,
  }
}

/** The price of a kWh of an even draw over the day; null where a part of the day has no price, or not all the year. */
export function timeWeightedPrice(
  windows: readonly (Omit<TariffWindow, 'price'> & { price: string | null; months: unknown })[],
): Decimal | null {
  const priced = windows.flatMap(({ price, months, ...window }) =>
    price === null || months !== null ? [] : { ...window, price },
  )
  const span: SpanOfUse = { startMs: 0, endMs: dayMs, watts: 0, utcOffsetHours: 0, period: 'month' }
  const times = [...timesOfUse(span, priced).byWindow]
  if (times.reduce((sum, [, ms]) => sum + ms, 0) < dayMs) return null
  return times.reduce((sum, [{ price }, ms]) => sum.plus(decimal(price, 'price').times(ms)), zero).div(dayMs)
}
