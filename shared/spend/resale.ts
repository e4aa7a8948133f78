import { type Amount, type Decimal, decimal, notNegative, one, positive, share, whole } from './decimal'

export type Depreciation = {
  /** What a used box fetches less than a new one at once, 0 to 1. */
  haircut: Amount
  /** What it loses of its worth in each year, 0 to 1. */
  annualDecline: Amount
}

/** The twelfth root, to some fifty digits: Newton's steps from the binary one. */
function twelfthRoot(value: Decimal): Decimal {
  if (value.eq(0)) return value
  let root = decimal(Number(value.toString()) ** (1 / 12))
  for (let step = 0; step < 3; step += 1) {
    const power = root.pow(11).round(70)
    root = root.times(11).plus(value.div(power)).div(12).round(60)
  }
  return root
}

/** What a box of price H fetches after n months: H · (1 − haircut) · (1 − decline)^(n/12). Pricing.md, 4.1. */
export function resaleValue(price: Amount, loss: Depreciation, months: Amount): Decimal {
  const kept = one.minus(share(loss.annualDecline, 'annualDecline'))
  const wholeMonths = Number(whole(months, 'months').toString())
  const ofYears = kept.pow(Math.floor(wholeMonths / 12))
  const rest = wholeMonths % 12
  return notNegative(price, 'price')
    .times(one.minus(share(loss.haircut, 'haircut')))
    .times(ofYears)
    .times(rest === 0 ? one : twelfthRoot(kept).pow(rest).round(60))
}

/** What the box loses of its price in each month of the horizon. */
export function amortizationPerMonth(price: Amount, resale: Decimal, months: Amount): Decimal {
  return notNegative(price, 'price').minus(resale).div(positive(months, 'months'))
}
