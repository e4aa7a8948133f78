import { expect, test } from 'vitest'
import type { CurvePoint } from '../../shared/measure/result'
import { bestStep } from './best-step'

const step = (concurrency: number, value: number | null): CurvePoint => ({
  concurrency,
  outputTokensPerSecond: value === null ? null : { value, low: null, high: null, method: 'none', n: 8 },
  decodeTokensPerSecond: null,
  ttftMs: null,
  tpotMs: null,
})

test.each([
  ['the fastest step wins', [step(1, 20), step(2, 35), step(4, 52)], 4],
  ['a gain that is no gain is not worth more streams', [step(1, 20), step(4, 52), step(8, 53)], 4],
  ['a step without a figure is passed over', [step(1, 20), step(2, null)], 1],
])('%s', (_, curve, concurrency) => expect(bestStep(curve)?.concurrency).toBe(concurrency))

test('without figures there is no best step', () => expect(bestStep([step(1, null)])).toBeNull())
