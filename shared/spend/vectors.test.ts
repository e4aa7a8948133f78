import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toldWait } from '../requests/retry-after'
import { estimateTokens } from '../requests/token-estimate'
import { article } from './article'
import { breakEvenMonth, breakEvenMonthWithResale, breakEvenVolume } from './break-even'
import { boxesFor, capacityMillionTokens, servingTime } from './capacity'
import { costInCurrency, sumByCurrency } from './currency'
import prices from './data/prices-2026-11.json'
import tariffs from './data/tariffs.json'
import { type Decimal, everyDigit } from './decimal'
import { boxKwh, kwhForCost, meanWatts, type TariffTiers, tieredCost } from './electricity'
import { horizonCost, hybridMonth, localDay, localUnitCost, paysBack } from './local-cost'
import { readPrice } from './price'
import { officialOffer, type PriceList, peakRatesOf, pricesOf } from './price-list'
import { parseQuantity } from './quantity'
import { requestCost } from './request-cost'
import { amortizationPerMonth, resaleValue } from './resale'
import { rounded, roundedSum } from './rounding'
import { tieredSpanCost, windowedSpanCost } from './tariff-span'
import { claimAgainst, compareExchangeRates, peakBlend, volumeCost } from './volume-cost'

/**
 * Cases of arithmetic from outside: `CORRAL_SPEND_VECTORS` names other files of the same form, separated as the system
 * separates paths. What is compared is a decimal rounded by the product to as many digits as the case prints.
 */

// biome-ignore lint/suspicious/noExplicitAny: the cases are whatever the files hold; each kind knows its own fields
type Fields = any
type Case = { id: string; kind: string; input: Fields; expect: Fields; note?: string }

const list = prices as unknown as PriceList
const beijing = tariffs.rows.find(({ id }) => id === 'cn-beijing-res')?.tiers as unknown as TariffTiers

const official = (model: string, currency = 'USD') => {
  const offer = officialOffer(list, model.replace(' (V4.1)', ''), currency)
  if (!offer) throw new Error(`no official price of ${model} in ${currency}`)
  return offer
}

const lossOf = (input: Fields) => ({ haircut: input.haircut, annualDecline: input.annual_decline })

const usageOf = (usage: Fields) => ({
  input: usage.input,
  output: usage.output,
  cacheRead: usage.cache_read,
  cacheWrite: usage.cache_write,
  cacheWrite1h: usage.cache_write_1h,
})

const renamed = (rates: Fields) =>
  Object.fromEntries(
    Object.entries({
      in: rates.in,
      out: rates.out,
      cacheRead: rates.cache_read,
      cacheWrite: rates.cache_write,
      cacheWrite1h: rates.cache_write_1h,
      overInputTokens: rates.over,
    }).filter(([, value]) => value !== undefined),
  ) as Fields

const listedPrices = (rates: Fields) => ({ ...renamed(rates), tiers: (rates.tiers ?? []).map(renamed) })

const volumeOf = (input: Fields) => ({
  tokens: input.tokens,
  inputShare: input.input_share,
  cachedShare: input.cache_hit_share,
})

const localMonth = (input: Fields) => ({
  hardware: input.H,
  months: input.months,
  electricityPerMonth: input.E,
  operationsPerMonth: input.ops ?? input.ops_local,
})

const articleCost = (model: string, tokens: number, rate: string) => {
  const usd = volumeCost(pricesOf(official(model)), { tokens, inputShare: 0, cachedShare: 0 })
  return costInCurrency('CNY', { USD: usd }, { rate, date: '' }).amount
}

const apiCost = ({ input }: Case) => {
  const usd =
    input.tokens === undefined
      ? requestCost(pricesOf(official(input.model)), { ...usageOf(input), input: input.input_fresh }, 'exclusive').cost
      : volumeCost(pricesOf(official(input.model)), volumeOf(input))
  const at = (rate: string) => costInCurrency('CNY', { USD: usd }, { rate, date: '' }).amount
  return { usd, rmb_fx7_3: at(article.officialRate), rmb_fx1: at(article.relayRate) }
}

const localDayOf = (input: Fields) =>
  localDay({
    busyWatts: input.watts_load,
    idleWatts: input.watts_idle,
    busyHours: input.hours_load_day,
    tokensPerSecondPerStream: input.tok_s_per_stream,
    streams: input.streams,
    pricePerKwh: input.tariff,
  })

/** One line a kind: which function of the product, and how the file names what goes in and comes out. */
const kinds: Record<string, (given: Case) => unknown> = {
  api_cost: apiCost,
  reject: ({ input }) => {
    const right = articleCost(input.model, input.tokens, article.officialRate) as Decimal
    const claim = claimAgainst(input.claim_rmb, right, input.tokens, article.officialRate)
    return {
      implied_usd_per_mtok: claim.impliedPerMillionTokens,
      factor_vs_correct_fx7_3: claim.factor,
      correct_fx1: articleCost(input.model, input.tokens, article.relayRate),
      correct_fx7_3: right,
    }
  },
  fx: ({ input }) => {
    const both = compareExchangeRates(input.usd, input.fx_official, input.fx_relay)
    return { official_rmb: both.official, relay_rmb: both.relay, saving_pct: both.savingPercent }
  },
  horizon_cost: ({ input }) => ({ total: horizonCost(input.H, [input.E ?? input.api, input.ops], input.months) }),
  breakeven_month: ({ input }) => {
    const month = breakEvenMonth(input.H, input.cloud_month, input.local_month)
    return month.status === 'at'
      ? { status: 'at', months_exact: month.monthsExact, first_month: month.firstMonth }
      : { status: month.status }
  },
  breakeven_month_resale: ({ input }) => {
    const month = breakEvenMonthWithResale(
      input.H,
      lossOf(input),
      input.cloud_month,
      input.local_month,
      input.max_months,
    )
    return month.status === 'at' ? { status: 'at', first_month: month.firstMonth } : { status: month.status }
  },
  breakeven_volume: ({ input }) => {
    const volume = breakEvenVolume(
      {
        hardware: input.H,
        resaleShare: input.resale,
        months: input.months,
        electricityPerMonth: input.E,
        localOperationsPerMonth: input.ops_local,
        cloudOperationsPerMonth: input.ops_cloud,
      },
      input.rmb_per_mtok,
    )
    return {
      status: volume.status,
      fixed_month: volume.fixedPerMonth,
      mtok_per_month: volume.status === 'at' ? volume.millionTokensPerMonth : null,
    }
  },
  capacity: ({ input }) => ({ mtok_month: capacityMillionTokens(input.tok_s, input.hours, input.util) }),
  serve_time: ({ input }) => {
    const time = servingTime(input.out_tokens, input.tok_s, input.hours)
    return { hours: time.hours, util: time.utilization }
  },
  boxes: ({ input }) => boxesFor(input.mtok_month, input.cap, article.hardware),
  unit_cost: ({ input }) => ({
    rmb_per_mtok: localUnitCost(
      {
        hardware: input.H ?? 0,
        months: input.months ?? 1,
        electricityPerMonth: input.E ?? 0,
        operationsPerMonth: input.ops ?? 0,
      },
      capacityMillionTokens(input.tok_s ?? 0, input.hours ?? 0, 1),
      input.util,
    ),
  }),
  tiered_tariff: ({ input }) => ({ rmb: tieredCost(input.tiers, input.base_kwh, input.server_kwh) }),
  tiered_tariff_inverse: ({ input }) => {
    const kwh = kwhForCost(beijing, input.base_kwh, input.rmb)
    return { kwh, mean_watts_730h: kwh && meanWatts(kwh, 730) }
  },
  tariff_span: ({ input }) => {
    const span = {
      startMs: Date.parse(input.start),
      endMs: Date.parse(input.end),
      watts: input.watts,
      utcOffsetHours: input.utc_offset,
      period: input.period,
    }
    const byPeriod = <T extends { period: string }>(periods: readonly T[], value: (period: T) => Decimal) =>
      Object.fromEntries(periods.map((period) => [period.period, everyDigit(value(period))]))
    if (!input.tiers) {
      const cost = windowedSpanCost(span, input.windows)
      return {
        kwh: byPeriod(cost.periods, ({ kwh }) => kwh),
        kwh_by_window: Object.fromEntries(cost.windows.map(({ name, kwh }) => [name, everyDigit(kwh)])),
        total: everyDigit(cost.total),
      }
    }
    const cost = tieredSpanCost(span, input.tiers, input.base_kwh)
    return {
      kwh: byPeriod(cost.periods, ({ kwh }) => kwh),
      cost: byPeriod(cost.periods, (period) => period.cost),
      total: everyDigit(cost.total),
    }
  },
  energy: ({ input }) => {
    const kwh = boxKwh({
      idleWatts: input.wall_idle_w,
      busyWatts: input.wall_load_w,
      utilization: input.util,
      hours: input.hours,
      coolingFactor: input.pue,
    })
    return { kwh, rmb_at_0_6: tieredCost([[null, '0.6']], 0, kwh), rmb_beijing_own_meter: tieredCost(beijing, 0, kwh) }
  },
  hybrid: ({ input }) => {
    const month = hybridMonth(
      input.mtok,
      input.local_share,
      input.rmb_per_mtok_cloud,
      localMonth(input),
      input.ops_cloud,
    )
    return { api: month.api, total_month: month.total }
  },
  resale: ({ input }) => ({ rmb: resaleValue(input.H, lossOf(input), input.months) }),
  amortisation: ({ input }) => {
    const resale = resaleValue(input.H, lossOf(input), input.months)
    return { resale, amort_month: amortizationPerMonth(input.H, resale, input.months) }
  },
  time_window: ({ input }) => {
    const at = (currency: string) => {
      const offer = official(input.model, currency)
      const usage = { input: input.in_mtok, output: input.out_mtok }
      const cost = (rates: Fields) => blendedCost(rates, usage)
      return peakBlend(cost(pricesOf(offer)), cost(peakRatesOf(offer)), input.peak_share)
    }
    return { usd: at('USD'), cny_native: at('CNY') }
  },
  horizon_net: ({ input }) => {
    const api = hybridMonth(
      input.mtok,
      0,
      input.rmb_per_mtok,
      { hardware: 0, months: 1, electricityPerMonth: 0, operationsPerMonth: 0 },
      0,
    ).api
    const cloud = horizonCost(0, [api, article.cloudOperationsPerMonth], input.months)
    const local = horizonCost(
      article.hardware,
      [article.electricityPerMonth, article.localOperationsPerMonth],
      input.months,
    )
    return { cloud, local, net: cloud.minus(local) }
  },
  price_parse: ({ input }) => ({
    rows: input.rows.map((row: Fields) => {
      const { perMillionTokens, status } = readPrice(row.value, row.unit)
      return { per_mtok: perMillionTokens, status: status === 'otherUnit' ? 'other_unit' : status }
    }),
  }),
  request_cost: ({ input }) => {
    const result = requestCost(listedPrices(input.prices), usageOf(input.usage), input.style, input.multiplier ?? '1')
    return {
      tier: result.tierOverInputTokens === null ? 'base' : `over_${result.tierOverInputTokens}`,
      fresh: Number(result.fresh),
      cost: result.cost && everyDigit(result.cost),
      ...(result.isInconsistent && { flag: 'inconsistent_usage' }),
    }
  },
  currency_cost: ({ input }) => {
    const costs = Object.fromEntries(
      Object.entries(input.lists).map(([currency, rates]) => [
        currency,
        requestCost(listedPrices(rates), usageOf(input.usage)).cost,
      ]),
    )
    const { amount, currency, from, rate } = costInCurrency(input.want, costs, input.fx ?? null)
    const named = { ownList: 'own_list', converted: 'converted', unknown: 'unknown' }[from]
    return {
      amount: amount && everyDigit(amount),
      currency,
      from: named,
      rate: rate?.rate ?? null,
      ...(rate && { rate_date: rate.date }),
    }
  },
  ledger_sum: ({ input }) => {
    const into = input.fx && { currency: input.fx.to, rates: input.fx.rates }
    const { sums, unknown, combined } = sumByCurrency(input.entries, into)
    return { sums, unknown, combined: combined && { ...combined, approx: true } }
  },
  token_estimate: ({ input, expect: { between } }) => {
    const { likely, high } = estimateTokens(input.text.repeat(input.repeat))
    return {
      between: [likely, high].every((count) => between[0] <= count && count <= between[1]) ? between : [likely, high],
    }
  },
  local_unit: ({ input }) => {
    const day = localDayOf(input)
    const payment = input.relay_per_mtok === undefined ? null : paysBack(day, input.relay_per_mtok, input.hardware)
    return {
      kwh_load: day.busyKwh,
      kwh_idle: day.idleKwh,
      cost_load: day.busyCost,
      cost_idle: day.idleCost,
      tokens_day: day.tokens,
      per_mtok: day.perMillionTokens,
      per_mtok_load: day.busyPerMillionTokens,
      ...(payment && {
        pays_back:
          payment.status === 'at' ? { status: 'at', mtok: payment.millionTokens, days: payment.days } : payment,
      }),
    }
  },
  retry_after: ({ input }) => ({
    rows: input.rows.map(({ header, value }: Fields) => {
      const { action, seconds } = toldWait(header, value, Date.parse(input.now), input.cap_s)
      const named = {
        wait: 'wait',
        notWaited: 'not_waited',
        show: 'show',
        retryNow: 'retry_now',
        ownBackoff: 'own_backoff',
      }
      return { action: named[action], seconds: seconds === null ? null : String(seconds) }
    }),
  }),
  quantity_parse: ({ input }) => ({
    rows: input.rows.map((typed: string) => {
      try {
        return { tokens: parseQuantity(typed) }
      } catch {
        return { error: true }
      }
    }),
  }),
  round_money: ({ input }) => ({
    rows: input.rows.map(({ amounts }: Fields) => {
      const { shown, exact, halfEven, sumOfRounded } = roundedSum(amounts)
      return { shown, exact, half_even_would_be: halfEven, sum_of_rounded_would_be: sumOfRounded }
    }),
  }),
}

const blendedCost = (rates: Fields, { input, output }: { input: string; output: string }): Decimal => {
  const cost = requestCost(rates, { input: parseQuantity(`${input}M`), output: parseQuantity(`${output}M`) }).cost
  if (!cost) throw new Error('a price is not known')
  return cost
}

const isDecimal = (value: unknown): value is Decimal =>
  typeof value === 'object' && value !== null && 'toFixed' in value

/** Decimals of an answer as the case prints them: as many digits behind the point. */
function printedAs(expected: unknown, actual: unknown): unknown {
  if (isDecimal(actual)) return rounded(actual, String(expected).split('.')[1]?.length ?? 0)
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return actual
  if (Array.isArray(expected)) return actual
  return Object.fromEntries(
    Object.keys(expected).map((key) => [key, printedAs((expected as Fields)[key], (actual as Fields)[key])]),
  )
}

const files = process.env.CORRAL_SPEND_VECTORS?.split(delimiter) ?? [
  join(import.meta.dirname, 'vectors.json'),
  join(import.meta.dirname, 'golden.json'),
]

for (const file of files)
  describe(file.replace(/^.*[\\/]/, ''), () => {
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Case[] }
    for (const given of vectors)
      test(given.id, () => {
        const answer = kinds[given.kind]
        if (!answer) throw new Error(`no function for cases of the kind ${given.kind}`)
        expect(printedAs(given.expect, answer(given))).toEqual(given.expect)
      })
  })
