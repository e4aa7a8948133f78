import { expect, test } from 'vitest'
import { ownModel } from '../backends/own'
import { estimatePlan, plannedStages, planProblem } from './plan'
import type { BenchPlan } from './result'

const plan: BenchPlan = {
  model: ownModel('tiny'),
  promptTokens: 512,
  answerTokens: 256,
  concurrency: [1, 2, 8],
  preset: 'quick',
  contextLength: 4096,
}

test('one stream comes back at the end to see whether the machine drifted', () => {
  expect(plannedStages(plan).map((stage) => [stage.kind, stage.concurrency, stage.requests])).toEqual([
    ['measure', 1, 8],
    ['measure', 2, 8],
    ['measure', 8, 16],
    ['drift', 1, 6],
  ])
  expect(plannedStages({ ...plan, preset: 'standard' }).map((stage) => stage.requests)).toEqual([30, 30, 48, 6])
  expect(plannedStages({ ...plan, concurrency: [4] }).length).toBe(1)
})

test.each<[string, Partial<BenchPlan>, string | null]>([
  ['fits', {}, null],
  ['has no room for prompt and answer', { contextLength: 780 }, 'context-too-small'],
  ['goes down', { concurrency: [4, 2] }, 'steps-not-rising'],
  ['repeats a step', { concurrency: [2, 2] }, 'steps-not-rising'],
])('a plan that %s: %j', (_, change, problem) => expect(planProblem({ ...plan, ...change })).toBe(problem))

test('an estimate knows the tokens at once and the time only from a speed that was seen', () => {
  expect(estimatePlan(plan, null)).toEqual({ requests: 38, tokens: 38 * 768, shortestMs: null, longestMs: null })
  const known = estimatePlan(plan, { ttftMs: 440, tpotMs: 10 })
  expect(known.shortestMs).toBe((8 + 4 + 2 + 6) * 3000)
  expect(known.longestMs).toBe(38 * 3000)
})
