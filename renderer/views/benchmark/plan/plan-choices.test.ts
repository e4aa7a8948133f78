import { expect, test } from 'vitest'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { estimatePlan } from '../../../../shared/measure/plan'
import { firstPlan, goalOf, knownSpeed, knownWork, roomyContext, withContext, workloadOf } from './plan-choices'

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

const seen = (value: number) => ({ value, low: null, high: null, method: 'none' as const, n: 8 })
const step = (concurrency: number, ttftMs: number, tpotMs: number) => ({
  concurrency,
  ttftMs: seen(ttftMs),
  tpotMs: seen(tpotMs),
  outputTokensPerSecond: null,
  decodeTokensPerSecond: null,
})
const plan = { ...firstPlan, model: ownModel('tiny'), promptTokens: 500, answerTokens: 100, concurrency: [1, 8] }
const before = (change: Partial<BenchRunSummary>) =>
  ({ plan, state: 'finished', startedAtMs: 1000, endedAtMs: 310_000, curve: [], ...change }) as BenchRunSummary

const estimate = (runs: BenchRunSummary[], slots: number | null) => {
  const { shortestMs, longestMs } = estimatePlan(plan, knownSpeed(plan, runs), knownWork(plan, runs, slots))
  return [shortestMs, longestMs]
}

test('F34: the time of a plan is what the same plan took', () => {
  expect(estimate([before({})], 4)).toEqual([309_000, 309_000])
})

test('F34: it is the sum of its steps as they were measured', () => {
  const other = { ...plan, answerTokens: 200, concurrency: [1, 2, 8] }
  const curve = [step(1, 100, 10), step(8, 1000, 40)]
  // 8 and 6 requests of 1.1 s alone, 16 requests of 5 s by eights
  expect(estimate([before({ plan: other, curve })], null)).toEqual([25_400, 25_400])
})

test('F34: a server with four slots answers four of eight streams at once', () => {
  const curve = [step(1, 100, 10)]
  const other = { ...plan, concurrency: [1] }
  expect(estimate([before({ plan: other, curve })], 4)).toEqual([14 * 1100 + 4 * 1100, 14 * 1100 + 16 * 1100])
  expect(estimate([before({ plan: other, curve })], null)).toEqual([14 * 1100 + 2 * 1100, 14 * 1100 + 16 * 1100])
  expect(estimate([before({ plan: other, curve })], 1)).toEqual([14 * 1100 + 16 * 1100, 14 * 1100 + 16 * 1100])
})

test('F34: without a run of this model the time is unknown', () => expect(estimate([], 4)).toEqual([null, null]))
