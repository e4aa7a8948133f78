import { type Amount, type Decimal, decimal, everyDigit, positive, zero } from './decimal'

/** How many of the wanted currency one of the other costs, and of which day. */
export type ExchangeRate = { rate: string; date: string }

export type CostInCurrency = {
  amount: Decimal | null
  currency: string
  from: 'ownList' | 'converted' | 'unknown'
  rate: ExchangeRate | null
}

/**
 * A cost in the wanted currency: by the vendor's own list in it, else converted from the first other list that knows it,
 * else unknown. Two lists of one vendor are two decisions of his, not each other's conversion.
 */
export function costInCurrency(
  wanted: string,
  costs: Readonly<Record<string, Decimal | null>>,
  exchange: ExchangeRate | null,
): CostInCurrency {
  const own = costs[wanted]
  if (own) return { amount: own, currency: wanted, from: 'ownList', rate: null }
  const other = Object.values(costs).find((cost) => cost !== null)
  if (!other || !exchange) return { amount: null, currency: wanted, from: 'unknown', rate: null }
  const rate = positive(exchange.rate, 'rate')
  return { amount: other.times(rate), currency: wanted, from: 'converted', rate: exchange }
}

export type Sums = {
  /** Every digit, by currency. */
  sums: Record<string, string>
  /** Entries whose amount is not known. */
  unknown: number
  /** All of it in one currency, where each rate is known: about, since rates move. */
  combined: { currency: string; amount: string } | null
}

/** Sums of entries, one for each currency and never across; `into` adds all of it up at rates that are told. */
export function sumByCurrency(
  entries: readonly { amount: Amount | null; currency: string }[],
  into?: { currency: string; rates: Readonly<Record<string, Amount>> },
): Sums {
  const sums = new Map<string, Decimal>()
  let unknown = 0
  for (const { amount, currency } of entries)
    if (amount === null) unknown += 1
    else sums.set(currency, (sums.get(currency) ?? zero).plus(decimal(amount)))
  const rateOf = (currency: string) => (currency === into?.currency ? 1 : into?.rates[currency])
  const isRateMissing = [...sums.keys()].some((currency) => rateOf(currency) === undefined)
  const all = [...sums].reduce((sum, [currency, value]) => sum.plus(value.times(decimal(rateOf(currency) ?? 0))), zero)
  return {
    sums: Object.fromEntries([...sums].map(([currency, value]) => [currency, everyDigit(value)])),
    unknown,
    combined: into && !isRateMissing ? { currency: into.currency, amount: everyDigit(all) } : null,
  }
}
