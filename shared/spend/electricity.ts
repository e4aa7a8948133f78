import { type Amount, type Decimal, decimal, notNegative, one, positive, share, zero } from './decimal'

/** Up to how many kWh of a period a price holds, and the price of one; the last has no limit. Rising. */
export type TariffTiers = readonly (readonly [limitKwh: number | null, pricePerKwh: string])[]

function costFromZero(kwh: Decimal, tiers: TariffTiers): Decimal {
  let cost = zero
  let below = zero
  for (const [limit, price] of tiers) {
    const top = limit === null || kwh.lt(limit) ? kwh : decimal(limit)
    if (top.gt(below)) cost = cost.plus(top.minus(below).times(decimal(price, 'price')))
    if (limit === null || kwh.lte(limit)) break
    below = decimal(limit)
  }
  return cost
}

/** What the box's kWh cost on top of what the household uses anyway: the marginal price, tier by tier. Pricing.md, 4.2. */
export function tieredCost(tiers: TariffTiers, householdKwh: Amount, boxKwh: Amount): Decimal {
  const household = notNegative(householdKwh, 'householdKwh')
  const all = household.plus(notNegative(boxKwh, 'boxKwh'))
  return costFromZero(all, tiers).minus(costFromZero(household, tiers))
}

/** How many kWh on top of the household's an amount of money pays for; null: the last tier is free. */
export function kwhForCost(tiers: TariffTiers, householdKwh: Amount, cost: Amount): Decimal | null {
  const household = notNegative(householdKwh, 'householdKwh')
  let left = notNegative(cost, 'cost')
  let kwh = zero
  let below = household
  for (const [limit, price] of tiers) {
    if (limit !== null && below.gte(limit)) continue
    const perKwh = decimal(price, 'price')
    const room = limit === null ? null : decimal(limit).minus(below)
    if (perKwh.gt(0) && (room === null || left.lte(room.times(perKwh)))) return kwh.plus(left.div(perKwh))
    if (room === null) return null
    kwh = kwh.plus(room)
    left = left.minus(room.times(perKwh))
    below = decimal(limit ?? 0)
  }
  return null
}

export type BoxPower = {
  idleWatts: Amount
  busyWatts: Amount
  /** Share of the hours in which it works, 0 to 1. */
  utilization: Amount
  hours: Amount
  /** Cooling: 1 where none is paid for, 1.33 with an air conditioner of COP 3. */
  coolingFactor: Amount
}

/** kWh of a box in so many hours: hours · (idle · (1 − u) + busy · u) / 1000 · cooling. Pricing.md, 4.2. */
export function boxKwh(power: BoxPower): Decimal {
  const busyShare = share(power.utilization, 'utilization')
  const watts = notNegative(power.idleWatts, 'idleWatts')
    .times(one.minus(busyShare))
    .plus(notNegative(power.busyWatts, 'busyWatts').times(busyShare))
  return watts.times(notNegative(power.hours, 'hours')).times(positive(power.coolingFactor, 'coolingFactor')).div(1000)
}

/** Mean watts of so many kWh in so many hours. */
export const meanWatts = (kwh: Decimal, hours: Amount): Decimal => kwh.times(1000).div(positive(hours, 'hours'))
