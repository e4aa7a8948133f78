import { expect, test } from 'vitest'
import type { BenchRunState, BenchRunSummary } from '../../../shared/contract/bench'
import { lastRun } from './last-run'

const run = (id: string, state: BenchRunState, rate: number | null) => {
  const estimate = rate === null ? null : { value: rate, low: null, high: null, method: 'none', n: 8 }
  const step = { concurrency: 1, outputTokensPerSecond: estimate, decodeTokensPerSecond: estimate }
  return {
    id,
    state,
    curve: state === 'running' ? [] : [{ ...step, ttftMs: estimate, tpotMs: estimate }],
  } as BenchRunSummary
}

test.each([
  ['the newest', [run('new', 'finished', 5), run('old', 'finished', 4)], 'new'],
  ['past a cancelled one', [run('new', 'cancelled', 5), run('old', 'finished', 4)], 'old'],
  [
    'past a failed, an interrupted and a running one',
    [run('a', 'running', 1), run('b', 'failed', 1), run('c', 'interrupted', 1), run('d', 'finished', 1)],
    'd',
  ],
  ['past one that has no figure', [run('slept', 'finished', null), run('old', 'finished', 4)], 'old'],
  ['a cancelled one where none has finished', [run('a', 'cancelled', 5), run('b', 'failed', 4)], 'a'],
  ['none', [], undefined],
] as const)('F24: the last benchmark is the last that came to its end: %s', (_, runs, id) => {
  expect(lastRun(runs)?.id).toBe(id)
})
