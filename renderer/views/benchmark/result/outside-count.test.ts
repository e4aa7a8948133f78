import { expect, test } from 'vitest'
import type { BenchStage } from '../../../../shared/measure/result'
import { outsideCount } from './outside-count'

const stage = (ok: number, inWindow: number) => ({ counts: { ok, inWindow } }) as BenchStage

test('what was answered and is in no figure is counted over all steps', () => {
  expect(outsideCount([stage(10, 10), stage(20, 19), stage(16, 15)])).toBe(2)
})
