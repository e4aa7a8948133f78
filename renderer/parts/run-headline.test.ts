import { expect, test } from 'vitest'
import type { CurvePoint } from '../../shared/measure/result'
import { headlineOf } from './run-headline'

const estimate = (value: number) => ({ value, low: null, high: null, method: 'none' as const, n: 8 })
const step = (concurrency: number, total: number | null, decode: number | null): CurvePoint => ({
  concurrency,
  outputTokensPerSecond: total === null ? null : estimate(total),
  decodeTokensPerSecond: decode === null ? null : estimate(decode),
  ttftMs: estimate(40),
  tpotMs: decode === null ? null : estimate(1000 / decode),
})

test.each([
  ['one stream is as fast as it is written', [step(1, 366, 450)], 'perStream', 450],
  ['many streams give what they give together', [step(1, 366, 450), step(4, 900, 260)], 'throughput', 900],
  ['where more streams bring nothing, one is told', [step(1, 366, 450), step(4, 368, 95)], 'perStream', 450],
  ['several streams alone compare with nothing', [step(4, 900, 260)], 'throughput', 900],
] as const)('F7: %s', (_, curve, kind, rate) => {
  expect(headlineOf(curve)).toMatchObject({ kind, rate: { value: rate }, ttft: { value: 40 } })
})

test('a run without figures has no headline', () => expect(headlineOf([step(1, null, null)])).toBeNull())
