import { expect, test } from 'vitest'
import { breakEvenMonth, breakEvenVolume } from './break-even'
import { capacityMillionTokens } from './capacity'
import { decimal, SpendInputError } from './decimal'
import { boxKwh, kwhForCost } from './electricity'
import { localUnitCost } from './local-cost'
import { findModel, type PriceList } from './price-list'
import { parseQuantity } from './quantity'
import { enteredCost, requestCost } from './request-cost'
import { resaleValue } from './resale'
import { shownMoney } from './rounding'
import { volumeCost } from './volume-cost'

const rates = { in: '2', out: '8', cacheRead: '0.5' }
const volume = { tokens: 10, inputShare: '0.5', cachedShare: '0' }
const power = { idleWatts: 120, busyWatts: 950, utilization: '0.2', hours: 730, coolingFactor: 1 }
const fixed = {
  hardware: '28000',
  resaleShare: '0',
  months: 36,
  electricityPerMonth: '450',
  localOperationsPerMonth: '0',
  cloudOperationsPerMonth: '0',
}

const refused: [says: string, () => unknown, field: string, reason: SpendInputError['reason']][] = [
  ['a negative price of a box', () => breakEvenMonth('-1', 2, 1), 'hardware', 'negative'],
  ['text in place of a number', () => breakEvenMonth('28,000', 2, 1), 'hardware', 'notANumber'],
  ['NaN', () => breakEvenMonth(Number.NaN, 2, 1), 'hardware', 'notANumber'],
  ['infinity', () => breakEvenMonth(1, Number.POSITIVE_INFINITY, 1), 'cloudPerMonth', 'notANumber'],
  ['a share above 1', () => volumeCost(rates, { ...volume, inputShare: '1.01' }), 'inputShare', 'notAShare'],
  ['a share below 0', () => volumeCost(rates, { ...volume, cachedShare: '-0.1' }), 'cachedShare', 'notAShare'],
  ['half a token', () => volumeCost(rates, { ...volume, tokens: '0.5' }), 'tokens', 'notWhole'],
  [
    'more cached than input',
    () => enteredCost(rates, { input: 1, cacheRead: 2, output: 0 }),
    'cacheRead',
    'cachedAboveInput',
  ],
  ['a horizon of no month', () => breakEvenVolume({ ...fixed, months: 0 }, '8'), 'months', 'notPositive'],
  ['a utilization above 1', () => boxKwh({ ...power, utilization: '1.2' }), 'utilization', 'notAShare'],
  ['no cooling at all', () => boxKwh({ ...power, coolingFactor: 0 }), 'coolingFactor', 'notPositive'],
  ['half a month', () => resaleValue('28000', { haircut: '0.1', annualDecline: '0.25' }, '1.5'), 'months', 'notWhole'],
  ['a negative rate', () => capacityMillionTokens('-19', 730, 1), 'tokensPerSecond', 'negative'],
  ['a unit after a Latin one', () => parseQuantity('10M5', 'tokens'), 'tokens', 'notAQuantity'],
  ['nothing', () => parseQuantity(' ', 'tokens'), 'tokens', 'notAQuantity'],
]

for (const [says, act, field, reason] of refused)
  test(`${says} is refused by the name of its field`, () => {
    expect(act).toThrow(SpendInputError)
    expect(act).toThrow(`${field}: ${reason}`)
  })

test('what is not known stays unknown and is never 0', () => {
  expect(volumeCost({ in: null, out: '8' }, volume)).toBeNull()
  expect(requestCost({ in: '2', out: null }, { input: 0, output: 0 }).cost).toBeNull()
  expect(localUnitCost({ hardware: 1, months: 1, electricityPerMonth: 0, operationsPerMonth: 0 }, '100', 0)).toBeNull()
  expect(kwhForCost([[null, '0']], 0, '5')).toBeNull()
})

test('a relay that is free is never reached by volume, and nothing to pay for is reached at once', () => {
  expect(breakEvenVolume(fixed, '0').status).toBe('never')
  expect(breakEvenVolume({ ...fixed, hardware: 0, electricityPerMonth: 0 }, '8').status).toBe('immediate')
})

test('a name is looked for whole: the beginning of another model is not it', () => {
  const list: PriceList = {
    as_of: '2026-11-29',
    models: ['anthropic/claude-sonnet-5', 'openai/gpt-4.1'].map((id) => ({ id, vendor: '', offers: [] })),
  }
  expect(findModel(list, 'claude-sonnet-5-5')).toBeNull()
  expect(findModel(list, 'gpt-4')).toBeNull()
  expect(findModel(list, 'gpt-4.1')?.id).toBe('openai/gpt-4.1')
})

test('what costs something is never shown as nothing', () => {
  expect(
    ['0', '0.00000042', '0.0042', '0.01', '1.005', '-0.125', '-0.001'].map((text) => shownMoney(decimal(text))),
  ).toEqual(['0.00', '<0.0001', '0.0042', '0.01', '1.01', '-0.13', '0.00'])
})
