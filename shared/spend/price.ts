import { type Decimal, decimal, everyDigit, perMillion } from './decimal'

/** Above this much a token, in whatever currency, a price is asked about and not used (1,000 a million tokens). */
const askedAbovePerToken = '0.001'

export type ReadPrice = {
  /** Of a million tokens, every digit; null where there is none to use or to ask about. */
  perMillionTokens: string | null
  status: 'ok' | 'free' | 'ask' | 'unknown' | 'invalid' | 'otherUnit'
}

/**
 * A price as a list publishes it, per token or per million tokens. Null, an empty text and a negative (a router's -1)
 * are unknown, never free; text that is no number is invalid.
 */
export function readPrice(value: unknown, unit: string): ReadPrice {
  const none = (status: ReadPrice['status']): ReadPrice => ({ perMillionTokens: null, status })
  if (unit !== 'per_token' && unit !== 'per_mtok') return none('otherUnit')
  if (value === null || value === undefined || value === '') return none('unknown')
  if (typeof value !== 'string' && typeof value !== 'number') return none('invalid')
  let price: Decimal
  try {
    price = decimal(value)
  } catch {
    return none('invalid')
  }
  if (price.lt(0)) return none('unknown')
  const perMillionTokens = unit === 'per_token' ? price.times(perMillion) : price
  const isAsked = perMillionTokens.gt(perMillion.times(askedAbovePerToken))
  const status = isAsked ? 'ask' : price.eq(0) ? 'free' : 'ok'
  return { perMillionTokens: everyDigit(perMillionTokens), status }
}
