import { z } from 'zod'
import { article } from './article'

const money = /^\d{1,15}(\.\d{1,20})?$/
const Amount = z.string().regex(money, 'a number as text, as in "0.42"')
const Positive = Amount.refine((text) => /[1-9]/.test(text), 'more than 0')
const Share = z.string().regex(/^(0(\.\d{1,20})?|1(\.0+)?)$/, 'a share from 0 to 1 as text, as in "0.25"')
const Whole = z.string().regex(/^\d{1,18}$/, 'a whole number as text')
const Currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO code, as in "CNY"')
const Money = z.strictObject({ amount: Amount, currency: Currency })
export type Money = z.infer<typeof Money>

/**
 * What the calculator works with, as the page exports it and the terminal reads it. Money and rates are text, their
 * currency beside them; a rate that is null is unknown.
 */
export const Scenario = z.strictObject({
  schema: z.literal('corral.scenario/1'),
  /** Whose values stand in for fields that are missing. */
  preset: z.enum(['article']),
  name: z.string().max(200),
  /** Of the results. */
  currency: Currency,
  /** What one US dollar costs in yuan, and of which day. */
  exchange: z.strictObject({ cnyPerUsd: Positive, date: z.string() }),
  hardware: z.strictObject({
    price: Money,
    boxes: z.number().int().min(1).max(1000),
    /** Null: nothing is sold at the end. */
    resale: z.strictObject({ haircut: Share, annualDecline: Share }).nullable(),
    idleWatts: Amount,
    busyWatts: Amount,
    coolingFactor: Positive,
    /** Of all streams together, at the concurrency it will be used with. */
    decodeTokensPerSecond: Positive,
    /** Null: reading the prompt takes no time that counts. */
    prefillTokensPerSecond: Positive.nullable(),
    hoursPerMonth: Positive,
  }),
  electricity: z.union([
    z.strictObject({ perMonth: Money }),
    z.strictObject({ perKwh: Money }),
    z.strictObject({ tariff: z.string(), householdKwh: Amount }),
  ]),
  operations: z.strictObject({ localPerMonth: Money, cloudPerMonth: Money }),
  horizonMonths: z.number().int().min(1).max(600),
  volume: z.strictObject({ tokensPerMonth: Whole, inputShare: Share, cachedShare: Share }),
  cloud: z.strictObject({
    model: z.string().min(1),
    /** Null: the vendor's own list. */
    rates: z
      .strictObject({ currency: Currency, in: Amount.nullable(), out: Amount.nullable(), cacheRead: Amount.nullable() })
      .nullable(),
    /** Of the vendor's price, as a relay takes it. */
    multiplier: Positive,
  }),
})
export type Scenario = z.infer<typeof Scenario>

/** What the article calculates with; its own claims stand in `article.ts`. */
const articleScenario: Scenario = {
  schema: 'corral.scenario/1',
  preset: 'article',
  name: 'Two RTX 4090s beside GPT-4.1, as the article has them',
  currency: 'CNY',
  exchange: { cnyPerUsd: article.officialRate, date: '2024-11-25' },
  hardware: {
    price: { amount: article.hardware, currency: 'CNY' },
    boxes: 1,
    resale: null,
    idleWatts: '120',
    busyWatts: '950',
    coolingFactor: '1',
    decodeTokensPerSecond: '19.06',
    prefillTokensPerSecond: '905.38',
    hoursPerMonth: '730',
  },
  electricity: { perMonth: { amount: article.electricityPerMonth, currency: 'CNY' } },
  operations: {
    localPerMonth: { amount: article.localOperationsPerMonth, currency: 'CNY' },
    cloudPerMonth: { amount: article.cloudOperationsPerMonth, currency: 'CNY' },
  },
  horizonMonths: 12,
  volume: { tokensPerMonth: article.tokensPerMonth, inputShare: '0', cachedShare: '0' },
  cloud: { model: 'openai/gpt-4.1', rates: null, multiplier: '1' },
}

export const presets: Record<Scenario['preset'], Scenario> = { article: articleScenario }

/** What is wrong with a scenario, and where in it. */
export class ScenarioError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path || 'scenario'}: ${problem}`)
  }
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields of the given over those of the preset, at every depth; a choice between forms is taken whole. */
function over(preset: Fields, given: Fields): Fields {
  const merged: Fields = { ...preset, ...given }
  for (const [key, value] of Object.entries(given)) {
    const usual = preset[key]
    if (isFields(value) && isFields(usual) && key !== 'electricity') merged[key] = over(usual, value)
  }
  return merged
}

/** Reads a scenario file's content. @throws {ScenarioError} that names the field */
export function readScenario(content: unknown): Scenario {
  if (!isFields(content)) throw new ScenarioError('', 'an object is expected')
  const preset = presets[(content.preset ?? 'article') as Scenario['preset']]
  if (!preset) throw new ScenarioError('preset', `one of ${Object.keys(presets).join(', ')}`)
  const read = Scenario.safeParse(over(preset, content))
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
  throw new ScenarioError([...(issue?.path ?? []), ...keys].join('.'), issue?.message ?? 'not readable')
}
