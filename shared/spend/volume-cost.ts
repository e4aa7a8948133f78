import { type Amount, type Decimal, decimal, one, perMillion, positive, share, whole } from './decimal'
import type { Rates } from './request-cost'

export type Volume = {
  tokens: Amount
  /** Share of input in all tokens, 0 to 1. */
  inputShare: Amount
  /** Share of cached in the input, 0 to 1. */
  cachedShare: Amount
}

/** What a million tokens of that mix cost, in the currency of the rates; null: a price is not known. */
export function blendedPrice(rates: Rates, volume: Omit<Volume, 'tokens'>): Decimal | null {
  if (rates.in == null || rates.out == null) return null
  const inputShare = share(volume.inputShare, 'inputShare')
  const cachedShare = share(volume.cachedShare, 'cachedShare')
  const inPrice = decimal(rates.in, 'in')
  const readPrice = decimal(rates.cacheRead ?? inPrice, 'cacheRead')
  const inputPrice = one.minus(cachedShare).times(inPrice).plus(cachedShare.times(readPrice))
  return inputShare.times(inputPrice).plus(one.minus(inputShare).times(decimal(rates.out, 'out')))
}

/** What a volume costs at those rates, in their currency; null: a price is not known. */
export function volumeCost(rates: Rates, volume: Volume): Decimal | null {
  const tokens = whole(volume.tokens, 'tokens')
  return blendedPrice(rates, volume)?.times(tokens).div(perMillion) ?? null
}

/** Peak and off-peak hours together: the share of a volume that falls into the peak pays its rates. */
export function peakBlend(offPeak: Decimal, peak: Decimal, peakShare: Amount): Decimal {
  const atPeak = share(peakShare, 'peakShare')
  return one.minus(atPeak).times(offPeak).plus(atPeak.times(peak))
}

/** What a price in dollars costs at two exchange rates, and how much less the second is, in percent. */
export function compareExchangeRates(usd: Amount, official: Amount, relay: Amount) {
  const dollars = decimal(usd, 'usd')
  const officialRate = positive(official, 'officialRate')
  const relayRate = positive(relay, 'relayRate')
  return {
    official: dollars.times(officialRate),
    relay: dollars.times(relayRate),
    savingPercent: officialRate.minus(relayRate).times(100).div(officialRate),
  }
}

/** A claimed cost of a volume beside the right one: the price that it implies, and how many times too high it is. */
export function claimAgainst(claimed: Amount, right: Decimal, tokens: Amount, exchangeRate: Amount) {
  const claim = decimal(claimed, 'claimed')
  return {
    impliedPerMillionTokens: claim
      .times(perMillion)
      .div(positive(exchangeRate, 'exchangeRate').times(positive(tokens, 'tokens'))),
    factor: right.eq(0) ? null : claim.div(right),
  }
}
