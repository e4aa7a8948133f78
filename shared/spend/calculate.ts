import { breakEvenMonth, breakEvenMonthWithResale, breakEvenVolume } from './break-even'
import { type Decimal, decimal, one, perMillion, zero } from './decimal'
import { boxKwh, type TariffTiers, tieredCost } from './electricity'
import { officialOffer, type PriceList, pricesOf } from './price-list'
import type { Rates } from './request-cost'
import { amortizationPerMonth, resaleValue } from './resale'
import { rounded } from './rounding'
import type { Money, Scenario } from './scenario'
import { timeWeightedPrice } from './tariff-span'
import { blendedPrice } from './volume-cost'

/** A list of electricity prices: `data/tariffs.json`. */
export type TariffList = {
  rows: readonly {
    id: string
    currency: string
    flat: string | null
    tiers: TariffTiers | null
    windows: Parameters<typeof timeWeightedPrice>[0] | null
  }[]
}

/** Every digit where the decimal ends, ten where it does not. */
const printed = (value: Decimal) => {
  const text = rounded(value, 10)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

type Printed = { amount: string; currency: string }

export type SpendResult = {
  schema: 'corral.spend/1'
  currency: string
  perMonth: {
    local: Printed | null
    cloud: Printed | null
    amortization: Printed | null
    electricity: Printed | null
    localOperations: Printed | null
    api: Printed | null
    cloudOperations: Printed | null
  }
  horizon: { months: number; local: Printed | null; cloud: Printed | null; resale: Printed | null }
  /** By side and currency. */
  perMillionTokens: { local: Record<string, string | null>; cloud: Record<string, string | null> }
  breakEven: {
    month: { status: 'at' | 'never' | 'immediate' | 'tie' | 'unknown'; month?: number; monthsExact?: string | null }
    volume: {
      status: 'at' | 'never' | 'immediate' | 'unknown'
      millionTokensPerMonth?: string
      isWithinCapacity?: boolean
    }
  }
  /** Share of the boxes' hours that the volume takes; above 1 it is more than they can do. */
  capacityShare: string
  working: string[]
  /** Fields whose value is not known. */
  unknown: string[]
}

/** Works a scenario out, line by line. Unknown stays unknown: what depends on it is null, and `unknown` names it. */
export function calculate(scenario: Scenario, prices: PriceList, tariffs: TariffList): SpendResult {
  return new Calculation(scenario, prices, tariffs).result()
}

class Calculation {
  readonly #working: string[] = []
  readonly #unknown: string[] = []

  constructor(
    private readonly scenario: Scenario,
    private readonly prices: PriceList,
    private readonly tariffs: TariffList,
  ) {}

  result(): SpendResult {
    const { currency, horizonMonths: months, hardware, operations } = this.scenario
    const capacityShare = this.#capacityShare()
    const boxPrice = this.#inCurrency(hardware.price, 'hardware.price')
    const price = boxPrice?.times(hardware.boxes) ?? null
    const electricity = this.#electricity(capacityShare)
    const localOperations = this.#inCurrency(operations.localPerMonth, 'operations.localPerMonth')
    const cloudOperations = this.#inCurrency(operations.cloudPerMonth, 'operations.cloudPerMonth')
    const cloudPrice = this.#cloudPrice()
    const millionTokens = decimal(this.scenario.volume.tokensPerMonth).div(perMillion)
    const api = cloudPrice?.times(millionTokens) ?? null
    const running = plus(electricity, localOperations)
    const cloud = plus(api, cloudOperations)
    const resale = price && hardware.resale ? resaleValue(price, hardware.resale, months) : zero
    const amortization = price && amortizationPerMonth(price, resale, months)
    const local = plus(amortization, running)
    this.#line('amortization', amortization, `(${price && printed(price)} − ${printed(resale)}) / ${months} months`)
    this.#line('local, per month', local, 'amortization + electricity + operations')
    this.#line('cloud, per month', cloud, 'tokens + operations')
    const money = (value: Decimal | null): Printed | null => value && { amount: printed(value), currency }
    const perMillionHere = local && millionTokens.gt(0) ? local.div(millionTokens) : null
    return {
      schema: 'corral.spend/1',
      currency,
      perMonth: {
        local: money(local),
        cloud: money(cloud),
        amortization: money(amortization),
        electricity: money(electricity),
        localOperations: money(localOperations),
        api: money(api),
        cloudOperations: money(cloudOperations),
      },
      horizon: {
        months,
        local: money(price && running && price.minus(resale).plus(running.times(months))),
        cloud: money(cloud && cloud.times(months)),
        resale: money(price && resale),
      },
      perMillionTokens: {
        local: { [currency]: perMillionHere && printed(perMillionHere) },
        cloud: this.#cloudByCurrency(cloudPrice),
      },
      breakEven: {
        month: this.#breakEvenMonth(price, running, cloud),
        volume: this.#breakEvenVolume(price, resale, electricity, capacityShare, cloudPrice),
      },
      capacityShare: printed(capacityShare),
      working: this.#working,
      unknown: [...new Set(this.#unknown)],
    }
  }

  /** Share of the boxes' hours: (fresh input / prefill + output / decode) / hours. Pricing.md, 4.4. */
  #capacityShare(): Decimal {
    const { volume, hardware } = this.scenario
    const tokens = decimal(volume.tokensPerMonth)
    const input = tokens.times(volume.inputShare)
    const fresh = input.times(one.minus(volume.cachedShare))
    const output = tokens.minus(input)
    const readingSeconds = hardware.prefillTokensPerSecond === null ? zero : fresh.div(hardware.prefillTokensPerSecond)
    const busyHours = readingSeconds.plus(output.div(hardware.decodeTokensPerSecond)).div(3600)
    const shareOfHours = busyHours.div(decimal(hardware.hoursPerMonth).times(hardware.boxes))
    this.#working.push(
      `busy hours = ${printed(fresh)} fresh input / ${hardware.prefillTokensPerSecond ?? '∞'} tok/s + ${printed(output)} output / ${hardware.decodeTokensPerSecond} tok/s = ${printed(busyHours)} h`,
      `capacity used = ${printed(busyHours)} h / (${hardware.hoursPerMonth} h × ${hardware.boxes}) = ${printed(shareOfHours)}`,
    )
    return shareOfHours
  }

  #electricity(capacityShare: Decimal): Decimal | null {
    const { electricity, hardware } = this.scenario
    if ('perMonth' in electricity) return this.#inCurrency(electricity.perMonth, 'electricity.perMonth')
    const utilization = capacityShare.gt(1) ? one : capacityShare
    const kwh = boxKwh({ ...hardware, utilization, hours: hardware.hoursPerMonth }).times(hardware.boxes)
    this.#working.push(`energy = ${printed(kwh)} kWh at a utilization of ${printed(utilization)}`)
    const cost = 'perKwh' in electricity ? this.#flatCost(electricity.perKwh, kwh) : this.#tariffCost(electricity, kwh)
    this.#line('electricity', cost, `${printed(kwh)} kWh`)
    return cost
  }

  #flatCost(perKwh: Money, kwh: Decimal): Decimal | null {
    return this.#inCurrency(perKwh, 'electricity.perKwh')?.times(kwh) ?? null
  }

  #tariffCost({ tariff, householdKwh }: { tariff: string; householdKwh: string }, kwh: Decimal): Decimal | null {
    const row = this.tariffs.rows.find(({ id }) => id === tariff)
    const price = row?.flat ?? (row?.windows ? timeWeightedPrice(row.windows) : null)
    const cost = row?.tiers ? tieredCost(row.tiers, householdKwh, kwh) : price === null ? null : kwh.times(price)
    if (!row || cost === null) return this.#notKnown('electricity.tariff')
    return this.#converted(cost, row.currency, 'electricity.tariff')
  }

  /** The price of a million tokens of the volume's mix there, in the scenario's currency. */
  #cloudPrice(): Decimal | null {
    const { cloud, currency } = this.scenario
    const own = this.#rates(currency)
    if (own) return this.#blended(own, currency)
    const usd = this.#rates('USD') ?? (cloud.rates ? null : this.#rates('CNY'))
    const from = cloud.rates?.currency ?? (this.#rates('USD') ? 'USD' : 'CNY')
    const rates = cloud.rates ?? usd
    const price = rates && this.#blended(rates, from)
    if (!price) return this.#notKnown(rates ? 'cloud.rates' : 'cloud.model')
    return this.#converted(price, from, 'cloud.rates')
  }

  #blended(rates: Rates, currency: string): Decimal | null {
    const { cloud, volume } = this.scenario
    const price = blendedPrice(rates, volume)
    if (!price) return this.#notKnown('cloud.rates')
    const paid = price.times(cloud.multiplier)
    this.#working.push(
      `a million tokens there = (in ${rates.in}, cached ${rates.cacheRead ?? rates.in}, out ${rates.out} ${currency}) mixed at input ${volume.inputShare}, cached ${volume.cachedShare}, × ${cloud.multiplier} = ${printed(paid)} ${currency}`,
    )
    return paid
  }

  #rates(currency: string): Rates | null {
    const { cloud } = this.scenario
    if (cloud.rates) return cloud.rates.currency === currency ? cloud.rates : null
    const offer = officialOffer(this.prices, cloud.model, currency)
    return offer && pricesOf(offer)
  }

  #cloudByCurrency(inOwn: Decimal | null): Record<string, string | null> {
    const { currency, cloud, volume } = this.scenario
    const listed = ['USD', 'CNY'].flatMap((each) => {
      const rates = each === currency ? null : this.#rates(each)
      const price = rates && blendedPrice(rates, volume)
      return price ? [[each, printed(price.times(cloud.multiplier))] as const] : []
    })
    return { ...Object.fromEntries(listed), [currency]: inOwn && printed(inOwn) }
  }

  #breakEvenMonth(price: Decimal | null, running: Decimal | null, cloud: Decimal | null) {
    if (!price || !running || !cloud) return { status: 'unknown' as const }
    const { resale } = this.scenario.hardware
    const plain = breakEvenMonth(price, cloud, running)
    const found = resale && price.gt(0) ? breakEvenMonthWithResale(price, resale, cloud, running, 600) : plain
    this.#working.push(
      `break-even month = ${printed(price)} / (${printed(cloud)} − ${printed(running)})${resale ? ', what the boxes still fetch counted' : ''}: ${found.status}`,
    )
    if (found.status !== 'at') return { status: found.status }
    return {
      status: 'at' as const,
      month: found.firstMonth,
      monthsExact: found.monthsExact && printed(found.monthsExact),
    }
  }

  #breakEvenVolume(
    price: Decimal | null,
    resale: Decimal,
    electricity: Decimal | null,
    capacityShare: Decimal,
    cloudPrice: Decimal | null,
  ) {
    const { operations, horizonMonths, volume } = this.scenario
    const here = this.#inCurrency(operations.localPerMonth, 'operations.localPerMonth')
    const there = this.#inCurrency(operations.cloudPerMonth, 'operations.cloudPerMonth')
    if (!price || !electricity || !cloudPrice || !here || !there) return { status: 'unknown' as const }
    const found = breakEvenVolume(
      {
        hardware: price,
        resaleShare: price.eq(0) ? zero : resale.div(price),
        months: horizonMonths,
        electricityPerMonth: electricity,
        localOperationsPerMonth: here,
        cloudOperationsPerMonth: there,
      },
      cloudPrice,
    )
    if (found.status !== 'at') return { status: found.status }
    const { fixedPerMonth, millionTokensPerMonth } = found
    this.#working.push(
      `break-even volume = ${printed(fixedPerMonth)} / ${printed(cloudPrice)} = ${printed(millionTokensPerMonth)} million tokens a month`,
    )
    const full = capacityShare.eq(0) ? null : decimal(volume.tokensPerMonth).div(perMillion).div(capacityShare)
    return {
      status: 'at' as const,
      millionTokensPerMonth: printed(millionTokensPerMonth),
      ...(full && { isWithinCapacity: millionTokensPerMonth.lte(full) }),
    }
  }

  #inCurrency({ amount, currency }: Money, path: string): Decimal | null {
    return this.#converted(decimal(amount), currency, path)
  }

  /** Only dollars and yuan have a rate here. */
  #converted(value: Decimal, from: string, path: string): Decimal | null {
    const { currency, exchange } = this.scenario
    if (from === currency) return value
    if (from === 'USD' && currency === 'CNY') return value.times(exchange.cnyPerUsd)
    if (from === 'CNY' && currency === 'USD') return value.div(exchange.cnyPerUsd)
    return this.#notKnown(path)
  }

  #notKnown(path: string): null {
    this.#unknown.push(path)
    return null
  }

  #line(name: string, value: Decimal | null, formula: string) {
    if (value) this.#working.push(`${name} = ${formula} = ${printed(value)} ${this.scenario.currency}`)
  }
}

const plus = (a: Decimal | null, b: Decimal | null): Decimal | null => (a && b ? a.plus(b) : null)
