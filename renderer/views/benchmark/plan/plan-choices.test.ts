import { expect, test } from 'vitest'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { firstPlan, goalOf, knownSpeed, roomyContext, withContext, workloadOf } from './plan-choices'

test('a plan says which goal and which work it is, and none when it is the user’s own', () => {
  expect([goalOf(firstPlan), workloadOf(firstPlan)]).toEqual(['people', 'chat'])
  const own = { ...firstPlan, concurrency: [3], answerTokens: 77 }
  expect([goalOf(own), workloadOf(own)]).toEqual([null, null])
})

test('more steps than usual still find out how many people, and one stream alone how fast', () => {
  expect(goalOf({ ...firstPlan, concurrency: [1, 2, 4, 8, 16] })).toBe('people')
  expect(goalOf({ ...firstPlan, concurrency: [1] })).toBe('speed')
})

test.each([
  [128, 128, 2048],
  [4096, 256, 8192],
  [1900, 128, 4096],
])('a prompt of %s and an answer of %s get a context of %s', (prompt, answer, context) => {
  expect(roomyContext(prompt, answer)).toBe(context)
})

test('the speed to guess from is the newest of this model, its first token scaled to the prompt', () => {
  const estimate = (value: number) => ({ value, low: null, high: null, method: 'none' as const, n: 8 })
  const run = (model: string, ttftMs: number) =>
    ({
      plan: { ...firstPlan, model: ownModel(model), promptTokens: 1024 },
      curve: [{ concurrency: 1, ttftMs: estimate(ttftMs), tpotMs: estimate(20) }],
    }) as unknown as BenchRunSummary
  const runs = [run('other', 1), run('tiny', 600), run('tiny', 900)]
  expect(knownSpeed({ ...firstPlan, model: ownModel('tiny') }, runs)).toEqual({ ttftMs: 300, tpotMs: 20 })
  expect(knownSpeed({ ...firstPlan, model: ownModel('unseen') }, runs)).toBeNull()
})

test('a plan takes the context that the server was told, and more where the work needs more', () => {
  expect(withContext(firstPlan, null).contextLength).toBe(4096)
  expect(withContext(firstPlan, 8192).contextLength).toBe(8192)
  expect(withContext({ ...firstPlan, promptTokens: 10_000 }, 8192).contextLength).toBe(16_384)
})
