import { type Amount, type Decimal, decimal, notNegative, one, perMillion, positive, share, zero } from './decimal'

export type LocalMonth = {
  hardware: Amount
  months: Amount
  electricityPerMonth: Amount
  operationsPerMonth: Amount
}

/** Hardware spread over the horizon, electricity and operations: what a box costs in a month. */
export function localPerMonth(cost: LocalMonth): Decimal {
  return notNegative(cost.hardware, 'hardware')
    .div(positive(cost.months, 'months'))
    .plus(notNegative(cost.electricityPerMonth, 'electricityPerMonth'))
    .plus(notNegative(cost.operationsPerMonth, 'operationsPerMonth'))
}

/** What a horizon costs: the hardware once, and every month its running cost. */
export function horizonCost(hardware: Amount, runningPerMonth: readonly Amount[], months: Amount): Decimal {
  const running = runningPerMonth.reduce<Decimal>(
    (sum, amount) => sum.plus(notNegative(amount, 'runningPerMonth')),
    zero,
  )
  return notNegative(hardware, 'hardware').plus(running.times(notNegative(months, 'months')))
}

/**
 * What a million tokens cost here at a utilization: the month's cost over what the box writes then. Null at 0: nothing
 * is written. Pricing.md, 4.5.
 */
export function localUnitCost(
  cost: LocalMonth,
  fullCapacityMillionTokens: Amount,
  utilization: Amount,
): Decimal | null {
  const written = notNegative(fullCapacityMillionTokens, 'fullCapacityMillionTokens').times(
    share(utilization, 'utilization'),
  )
  return written.eq(0) ? null : localPerMonth(cost).div(written)
}

/**
 * A month in which a share of the tokens is answered here and the rest by the relay: each side's fixed cost counts as
 * soon as it answers anything. Pricing.md, 4.6.
 */
export function hybridMonth(
  millionTokens: Amount,
  localShare: Amount,
  cloudPerMillionTokens: Amount,
  local: LocalMonth,
  cloudOperationsPerMonth: Amount,
) {
  const here = share(localShare, 'localShare')
  const api = one
    .minus(here)
    .times(notNegative(millionTokens, 'millionTokens'))
    .times(notNegative(cloudPerMillionTokens, 'cloudPerMillionTokens'))
  const fixedHere = here.gt(0) ? localPerMonth(local) : zero
  const fixedThere = here.lt(1) ? notNegative(cloudOperationsPerMonth, 'cloudOperationsPerMonth') : zero
  return { api, total: api.plus(fixedHere).plus(fixedThere) }
}

export type LocalDay = {
  busyWatts: Amount
  idleWatts: Amount
  busyHours: Amount
  tokensPerSecondPerStream: Amount
  /** Concurrent streams: their rates add up, the watts are paid once. */
  streams: Amount
  pricePerKwh: Amount
}

/** A day of a box: electricity while it works and while it waits, and what a million of its tokens cost of both. */
export function localDay(day: LocalDay) {
  const hoursPerDay = 24
  const busyHours = share(decimal(day.busyHours, 'busyHours').div(hoursPerDay), 'busyHours').times(hoursPerDay)
  const price = notNegative(day.pricePerKwh, 'pricePerKwh')
  const busyKwh = notNegative(day.busyWatts, 'busyWatts').times(busyHours).div(1000)
  const idleKwh = notNegative(day.idleWatts, 'idleWatts').times(decimal(hoursPerDay).minus(busyHours)).div(1000)
  const tokens = notNegative(day.tokensPerSecondPerStream, 'tokensPerSecondPerStream')
    .times(notNegative(day.streams, 'streams'))
    .times(busyHours)
    .times(3600)
  const [busyCost, idleCost] = [busyKwh.times(price), idleKwh.times(price)]
  const perMillionOf = (cost: Decimal) => (tokens.eq(0) ? null : cost.times(perMillion).div(tokens))
  return {
    busyKwh,
    idleKwh,
    busyCost,
    idleCost,
    tokens,
    perMillionTokens: perMillionOf(busyCost.plus(idleCost)),
    busyPerMillionTokens: perMillionOf(busyCost),
  }
}

/** How many tokens, and how many such days, pay for the hardware against a relay's price; never where none is saved. */
export function paysBack(
  day: ReturnType<typeof localDay>,
  relayPerMillionTokens: Amount,
  hardware: Amount,
): { status: 'never' } | { status: 'at'; millionTokens: Decimal; days: Decimal } {
  const relayCost = notNegative(relayPerMillionTokens, 'relayPerMillionTokens').times(day.tokens).div(perMillion)
  const savedPerDay = relayCost.minus(day.busyCost).minus(day.idleCost)
  if (savedPerDay.lte(0)) return { status: 'never' }
  const price = notNegative(hardware, 'hardware')
  return {
    status: 'at',
    millionTokens: price.times(day.tokens).div(savedPerDay.times(perMillion)),
    days: price.div(savedPerDay),
  }
}
