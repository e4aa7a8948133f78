import type { Prices, Rates } from './request-cost'

/** Rates as a list writes them. */
type ListedRates = {
  in: string | null
  cache_read: string | null
  cache_write: string | null
  cache_write_1h: string | null
  out: string | null
}

export type Offer = ListedRates & {
  key: string
  provider: string
  channel: 'official' | 'host' | 'relay'
  currency: string
  tiers: readonly (ListedRates & { over_input_tokens: number })[]
  peak: { rates: ListedRates } | null
  source: string
  source_date: string | null
  confidence: string
}

export type ListedModel = {
  id: string
  vendor: string
  offers: readonly Offer[]
}

/** A dated list of prices of a million tokens: `data/prices-2026-11.json`. */
export type PriceList = { as_of: string; models: readonly ListedModel[] }

/** A model by its id or by what stands behind its vendor: whole, never by how a name begins. */
export function findModel(list: PriceList, name: string): ListedModel | null {
  return list.models.find(({ id }) => id === name || id.slice(id.indexOf('/') + 1) === name) ?? null
}

/** The vendor's own offer in a currency. */
export function officialOffer(list: PriceList, name: string, currency: string): Offer | null {
  const offers = findModel(list, name)?.offers ?? []
  return offers.find((offer) => offer.channel === 'official' && offer.currency === currency) ?? null
}

const ratesOf = (listed: ListedRates): Rates => ({
  in: listed.in,
  out: listed.out,
  cacheRead: listed.cache_read,
  cacheWrite: listed.cache_write,
  cacheWrite1h: listed.cache_write_1h,
})

/** An offer's prices as they are calculated with, off-peak. */
export const pricesOf = (offer: Offer): Prices => ({
  ...ratesOf(offer),
  tiers: offer.tiers.map((tier) => ({ ...ratesOf(tier), overInputTokens: tier.over_input_tokens })),
})

/** An offer's rates in its peak hours; those of the rest of the day where it has none. */
export const peakRatesOf = (offer: Offer): Rates => ratesOf(offer.peak?.rates ?? offer)
