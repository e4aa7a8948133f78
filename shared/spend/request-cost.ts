import { type Amount, type Decimal, decimal, one, perMillion, SpendInputError, whole, zero } from './decimal'

/** Prices of a million tokens in one currency; null or absent is unknown, `"0"` is free. */
export type Rates = {
  in: string | null
  out: string | null
  /** Without it: the price of input. */
  cacheRead?: string | null
  /** Without it: the price of input. */
  cacheWrite?: string | null
  /** Without it: that of the 5-minute write, else of input. */
  cacheWrite1h?: string | null
}

/** Rates of the whole request once its prompt, cached tokens counted, is over a limit. A rate left out stays the base's. */
export type Tier = Partial<Rates> & { overInputTokens: number }

export type Prices = Rates & { tiers?: readonly Tier[] }

/** Tokens of one request. */
export type Usage = {
  input: Amount
  output: Amount
  cacheRead?: Amount
  cacheWrite?: Amount
  cacheWrite1h?: Amount
}

/** `inclusive`: input counts cached tokens too, as OpenAI does; `exclusive`: they come on top, as Anthropic counts. */
export type CountingStyle = 'inclusive' | 'exclusive'

export type RequestCost = {
  /** Null: a price of input or output is not known. */
  cost: Decimal | null
  /** The limit that the prompt passed; null: the base rates. */
  tierOverInputTokens: number | null
  fresh: Decimal
  /** More cached tokens than input tokens were reported; fresh is 0 then. */
  isInconsistent: boolean
}

function ratesFor(prices: Prices, promptTokens: Decimal): { rates: Rates; tier: number | null } {
  const passed = (prices.tiers ?? [])
    .filter((tier) => promptTokens.gt(tier.overInputTokens))
    .sort((a, b) => b.overInputTokens - a.overInputTokens)[0]
  return { rates: { ...prices, ...passed }, tier: passed?.overInputTokens ?? null }
}

/**
 * What one request costs, each token once: (fresh · in + read · cacheRead + written · cacheWrite + output · out) / 1e6,
 * times a relay's multiplier. Pricing.md, 1.2.
 * @throws {SpendInputError} for counts that are negative, broken or no numbers
 */
export function requestCost(
  prices: Prices,
  usage: Usage,
  style: CountingStyle = 'inclusive',
  multiplier: Amount = one,
): RequestCost {
  const count = (field: keyof Usage) => whole(usage[field] ?? 0, field)
  const [input, output] = [count('input'), count('output')]
  const [read, written, written1h] = [count('cacheRead'), count('cacheWrite'), count('cacheWrite1h')]
  const cached = read.plus(written).plus(written1h)
  const left = style === 'inclusive' ? input.minus(cached) : input
  const fresh = left.lt(0) ? zero : left
  const { rates, tier } = ratesFor(prices, style === 'inclusive' ? input : input.plus(cached))
  const known = { tierOverInputTokens: tier, fresh, isInconsistent: left.lt(0) }
  if (rates.in == null || rates.out == null) return { cost: null, ...known }
  const inPrice = decimal(rates.in, 'in')
  const readPrice = decimal(rates.cacheRead ?? inPrice, 'cacheRead')
  const writePrice = decimal(rates.cacheWrite ?? inPrice, 'cacheWrite')
  const write1hPrice = decimal(rates.cacheWrite1h ?? writePrice, 'cacheWrite1h')
  const sum = fresh
    .times(inPrice)
    .plus(read.times(readPrice))
    .plus(written.times(writePrice))
    .plus(written1h.times(write1hPrice))
    .plus(output.times(decimal(rates.out, 'out')))
  return { cost: sum.times(decimal(multiplier, 'multiplier')).div(perMillion), ...known }
}

/**
 * The same for what a user entered: more cached than input is a mistake and not a report.
 * @throws {SpendInputError} `cachedAboveInput` too
 */
export function enteredCost(prices: Prices, usage: Usage, multiplier: Amount = one): Decimal | null {
  const result = requestCost(prices, usage, 'inclusive', multiplier)
  if (result.isInconsistent) throw new SpendInputError('cacheRead', 'cachedAboveInput')
  return result.cost
}
