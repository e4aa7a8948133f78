import { type Amount, type Decimal, notNegative, perMillion, positive, share } from './decimal'

const secondsPerHour = 3600

/** Million tokens that a rate gives in so many hours, of which it works a share. Pricing.md, 4.4. */
export function capacityMillionTokens(tokensPerSecond: Amount, hours: Amount, utilization: Amount): Decimal {
  return notNegative(tokensPerSecond, 'tokensPerSecond')
    .times(notNegative(hours, 'hours'))
    .times(share(utilization, 'utilization'))
    .times(secondsPerHour)
    .div(perMillion)
}

/** Hours that an output takes at a rate, and what share of the month's hours that is. */
export function servingTime(outputTokens: Amount, tokensPerSecond: Amount, hoursPerMonth: Amount) {
  const rate = positive(tokensPerSecond, 'tokensPerSecond').times(secondsPerHour)
  const tokens = notNegative(outputTokens, 'outputTokens')
  return { hours: tokens.div(rate), utilization: tokens.div(rate.times(positive(hoursPerMonth, 'hoursPerMonth'))) }
}

/** How many boxes a volume needs, and what they cost together. */
export function boxesFor(millionTokensPerMonth: Amount, capacityPerBox: Amount, pricePerBox: Amount) {
  const capacity = positive(capacityPerBox, 'capacityPerBox')
  const volume = notNegative(millionTokensPerMonth, 'millionTokensPerMonth')
  const boxes = Number(volume.div(capacity).round(0, 3).toString())
  return { boxes, hardware: notNegative(pricePerBox, 'pricePerBox').times(boxes) }
}
