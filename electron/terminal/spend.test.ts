import { resolve } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { calculate, type TariffList } from '../../shared/spend/calculate'
import prices from '../../shared/spend/data/prices-2026-11.json'
import tariffs from '../../shared/spend/data/tariffs.json'
import type { PriceList } from '../../shared/spend/price-list'
import { presets, readScenario, ScenarioError } from '../../shared/spend/scenario'

const program = resolve(import.meta.dirname, '../../dist/electron/cli.cjs')
const spend = (commandLine: readonly string[], input = '') =>
  execa(process.execPath, [program, 'spend', ...commandLine], { reject: false, input })
const worked = (changes: object) =>
  calculate(readScenario(changes), prices as unknown as PriceList, tariffs as unknown as TariffList)

test("the example is the article's scenario, and its result is not what the article says", async () => {
  const example = await spend(['--example'])
  expect(JSON.parse(example.stdout)).toEqual(presets.article)
  const { stdout, exitCode } = await spend(['-'], example.stdout)
  const result = JSON.parse(stdout)
  expect(exitCode).toBe(0)
  expect(result).toMatchObject({
    schema: 'corral.spend/1',
    perMonth: { api: { amount: '584', currency: 'CNY' }, cloud: { amount: '784' } },
    horizon: { months: 12, local: { amount: '57400' }, cloud: { amount: '9408' } },
    perMillionTokens: { cloud: { USD: '8', CNY: '58.4' } },
    breakEven: { month: { status: 'never' }, volume: { status: 'at', millionTokensPerMonth: '78.4817351598' } },
    unknown: [],
  })
  expect(Number(result.capacityShare)).toBeCloseTo(0.199642, 5)
})

test('a field that is missing takes the value of the preset', () => {
  expect(worked({}).perMonth).toEqual(worked(presets.article).perMonth)
  expect(worked({ hardware: { price: { amount: '0', currency: 'CNY' } } }).breakEven.month.status).toBe('never')
})

test('a hundred million tokens a month pay for the box, and one machine cannot write them', () => {
  const result = worked({ volume: { tokensPerMonth: '100000000' } })
  expect(result.breakEven.month).toEqual({ status: 'at', month: 8, monthsExact: '7.7994428969' })
  expect(Number(result.capacityShare)).toBeGreaterThan(1)
  expect(result.breakEven.volume).toMatchObject({ isWithinCapacity: false })
})

test('electricity by a tariff counts what the box draws on top of the household', () => {
  const electricity = { tariff: 'cn-beijing-res', householdKwh: '0' }
  const result = worked({ electricity, hardware: { decodeTokensPerSecond: '19.06' } })
  expect(Number(result.perMonth.electricity?.amount)).toBeCloseTo(101.8, 0)
})

test("a relay's one-to-one is a rate of its own", () => {
  expect(worked({ exchange: { cnyPerUsd: '1' } }).perMonth.api).toEqual({ amount: '80', currency: 'CNY' })
})

test('what is not known stays unknown, is named, and is never 0', () => {
  const noPrice = worked({ cloud: { rates: { currency: 'CNY', in: null, out: '8', cacheRead: null } } })
  expect(noPrice.perMonth.cloud).toBeNull()
  expect(noPrice.breakEven.month).toEqual({ status: 'unknown' })
  expect(noPrice.unknown).toContain('cloud.rates')
  expect(worked({ cloud: { model: 'nobody/knows' } }).unknown).toContain('cloud.model')
  expect(worked({ electricity: { tariff: 'cn-sichuan-res', householdKwh: '0' } }).unknown).toContain(
    'electricity.tariff',
  )
  expect(worked({ hardware: { price: { amount: '3000', currency: 'EUR' } } }).unknown).toContain('hardware.price')
  expect(worked({ volume: { tokensPerMonth: '0' } }).perMillionTokens.local).toEqual({ CNY: null })
})

test.each<[string, object, string]>([
  ['a negative amount', { hardware: { price: { amount: '-1', currency: 'CNY' } } }, 'hardware.price.amount'],
  ['a number that is none', { hardware: { idleWatts: 'NaN' } }, 'hardware.idleWatts'],
  ['money that is a number', { hardware: { price: { amount: 28000, currency: 'CNY' } } }, 'hardware.price.amount'],
  ['a share above 1', { volume: { inputShare: '1.2' } }, 'volume.inputShare'],
  ['half a token', { volume: { tokensPerMonth: '0.5' } }, 'volume.tokensPerMonth'],
  ['a rate of 0', { exchange: { cnyPerUsd: '0' } }, 'exchange.cnyPerUsd'],
  ['no months', { horizonMonths: 0 }, 'horizonMonths'],
  ['a field that nobody knows', { hardware: { colour: 'red' } }, 'hardware.colour'],
  ['another form', { schema: 'corral.scenario/9' }, 'schema'],
  ['an unknown preset', { preset: 'dream' }, 'preset'],
])('%s is refused by its path', (_, content, path) => {
  expect(() => readScenario(content)).toThrow(ScenarioError)
  expect(() => readScenario(content)).toThrow(`${path}: `)
})

test('bad input exits with 2 and says where', async () => {
  const field = await spend(['-'], '{"volume":{"inputShare":"2"}}')
  expect([field.exitCode, field.stdout]).toEqual([2, ''])
  expect(field.stderr).toContain('volume.inputShare')
  expect((await spend(['-'], '{"volume":')).exitCode).toBe(2)
  expect((await spend(['/no/such/file.json'])).exitCode).toBe(2)
  expect((await spend([])).exitCode).toBe(2)
})
