import { type Amount, type Decimal, decimal, notNegative, positive, zero } from './decimal'
import { type Depreciation, resaleValue } from './resale'

/**
 * When the box has cost no more than the relay: `at` in a month, `never`, `immediate` (there is no hardware to pay for
 * and it is cheaper), `tie` (there is none and both cost the same).
 */
export type BreakEvenMonth =
  | { status: 'at'; monthsExact: Decimal | null; firstMonth: number }
  | { status: 'never' | 'immediate' | 'tie' }

/** H / (cloud − local); equality counts as reached, and nothing saved with something to pay for is never. Pricing.md, 1.2. */
export function breakEvenMonth(hardware: Amount, cloudPerMonth: Amount, localPerMonth: Amount): BreakEvenMonth {
  const price = notNegative(hardware, 'hardware')
  const saved = decimal(cloudPerMonth, 'cloudPerMonth').minus(decimal(localPerMonth, 'localPerMonth'))
  if (price.eq(0)) return { status: saved.gt(0) ? 'immediate' : saved.eq(0) ? 'tie' : 'never' }
  if (saved.lte(0)) return { status: 'never' }
  const monthsExact = price.div(saved)
  const full = monthsExact.round(0, 0)
  const firstMonth = Number(full.toString()) + (full.times(saved).lt(price) ? 1 : 0)
  return { status: 'at', monthsExact, firstMonth }
}

/** The same where the box can be sold: the first month in which what was paid less what it still fetches is no more. */
export function breakEvenMonthWithResale(
  hardware: Amount,
  loss: Depreciation,
  cloudPerMonth: Amount,
  localPerMonth: Amount,
  maximumMonths: number,
): BreakEvenMonth {
  const price = notNegative(hardware, 'hardware')
  const [cloud, local] = [decimal(cloudPerMonth, 'cloudPerMonth'), decimal(localPerMonth, 'localPerMonth')]
  for (let month = 0; month <= maximumMonths; month += 1) {
    const paid = price.minus(resaleValue(price, loss, month)).plus(local.times(month))
    if (cloud.times(month).gte(paid)) return { status: 'at', monthsExact: null, firstMonth: month }
  }
  return { status: 'never' }
}

export type FixedCosts = {
  hardware: Amount
  /** Share of the price that the box fetches at the end of the horizon, 0 to 1. */
  resaleShare: Amount
  months: Amount
  electricityPerMonth: Amount
  localOperationsPerMonth: Amount
  cloudOperationsPerMonth: Amount
}

export type BreakEvenVolume =
  | { status: 'at'; fixedPerMonth: Decimal; millionTokensPerMonth: Decimal }
  | { status: 'never' | 'immediate'; fixedPerMonth: Decimal }

/** (amortization + electricity + operations here − there) / price of a million tokens there. Pricing.md, 1.2. */
export function breakEvenVolume(costs: FixedCosts, cloudPerMillionTokens: Amount): BreakEvenVolume {
  const hardware = notNegative(costs.hardware, 'hardware')
  const kept = decimal(1).minus(decimal(costs.resaleShare, 'resaleShare'))
  const fixedPerMonth = hardware
    .times(kept)
    .div(positive(costs.months, 'months'))
    .plus(notNegative(costs.electricityPerMonth, 'electricityPerMonth'))
    .plus(notNegative(costs.localOperationsPerMonth, 'localOperationsPerMonth'))
    .minus(notNegative(costs.cloudOperationsPerMonth, 'cloudOperationsPerMonth'))
  const price = notNegative(cloudPerMillionTokens, 'cloudPerMillionTokens')
  if (fixedPerMonth.lte(zero)) return { status: 'immediate', fixedPerMonth }
  if (price.eq(0)) return { status: 'never', fixedPerMonth }
  return { status: 'at', fixedPerMonth, millionTokensPerMonth: fixedPerMonth.div(price) }
}
