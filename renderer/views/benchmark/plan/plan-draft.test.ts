import { expect, test } from 'vitest'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { type PlanNumber, planProblem } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'
import { firstPlan } from './plan-choices'
import { freshDraft, keepDraft, type PlanDraft, readDraft, withNumbers } from './plan-draft'

const start: PlanDraft = { plan: { ...firstPlan, model: ownModel('tiny'), contextLength: 8192 }, isOwnContext: false }

type Typed = [PlanNumber, number][]
const typed = (steps: Typed) =>
  steps.reduce((draft, [name, value]) => withNumbers(draft, { [name]: value }, 8192), start).plan

const wanted = { contextLength: 4096, answerTokens: 160, promptTokens: 700 }
const orders: PlanNumber[][] = [
  ['contextLength', 'answerTokens', 'promptTokens'],
  ['contextLength', 'promptTokens', 'answerTokens'],
  ['answerTokens', 'contextLength', 'promptTokens'],
  ['answerTokens', 'promptTokens', 'contextLength'],
  ['promptTokens', 'contextLength', 'answerTokens'],
  ['promptTokens', 'answerTokens', 'contextLength'],
]

test.each(orders)('F6: what is typed stays, in the order %s, %s, %s', (...order) => {
  expect(typed(order.map((name) => [name, wanted[name]]))).toMatchObject(wanted)
})

test('F6: a typed context outlives a workload, lengths without one bring theirs along', () => {
  const own = withNumbers(start, { contextLength: 4096 }, 8192)
  expect(withNumbers(own, { promptTokens: 4096, answerTokens: 256 }, 8192).plan.contextLength).toBe(4096)
  expect(withNumbers(start, { promptTokens: 9000, answerTokens: 256 }, 8192).plan.contextLength).toBe(16_384)
  expect(withNumbers(start, { promptTokens: 100, answerTokens: 100 }, 8192).plan.contextLength).toBe(8192)
})

test.each<[string, Typed, Partial<BenchPlan>, ReturnType<typeof planProblem>]>([
  [
    '9,000 where 8,192 is the most',
    [['answerTokens', 9000]],
    { answerTokens: 9000, contextLength: 8192 },
    'out-of-range',
  ],
  ['a negative number', [['promptTokens', -3]], { promptTokens: -3 }, 'out-of-range'],
  ['half a token', [['promptTokens', 64.5]], { promptTokens: 64.5 }, 'out-of-range'],
  ['nothing', [['contextLength', Number.NaN]], { contextLength: Number.NaN }, 'out-of-range'],
  ['too small a context', [['contextLength', 512]], { contextLength: 512 }, 'context-too-small'],
  ['what fits', [['contextLength', 1024]], { contextLength: 1024 }, null],
])('F6: %s is kept and told, not changed', (_, steps, plan, problem) => {
  expect(typed(steps)).toMatchObject(plan)
  expect(planProblem(typed(steps))).toBe(problem)
})

test('F40: a plan without steps says what is missing', () => {
  expect(planProblem({ ...firstPlan, concurrency: [] })).toBe('no-steps')
})

function storage(text: string | null = null) {
  const kept = { text }
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => {
      kept.text = value
    },
  }
}

test('F6: the form is as it was left after the page was loaded again', () => {
  const kept = storage()
  const draft = withNumbers(start, { contextLength: 4096 }, 8192)
  keepDraft(draft, kept)
  expect(readDraft(storage(kept.kept.text))).toEqual(draft)
  const empty = withNumbers(start, { answerTokens: Number.NaN }, 8192)
  keepDraft(empty, kept)
  expect(readDraft(storage(kept.kept.text))?.plan.answerTokens).toBeNaN()
})

test.each([null, '', 'null', '{}', '{"plan":{}}', '{"plan":{"model":{"name":"m"},"concurrency":"1"}}', '[1'])(
  'F6: what cannot be read back is no plan: %j',
  (text) => expect(readDraft(storage(text))).toBeNull(),
)

const run = (contextLength: number) => ({ plan: { ...firstPlan, contextLength } }) as BenchRunSummary

test('F6: without a form that was kept it shows the last plan as it was run', () => {
  expect(freshDraft([run(4096)], 8192).plan.contextLength).toBe(4096)
  expect(freshDraft([run(6144)], 8192)).toMatchObject({ plan: { contextLength: 6144 }, isOwnContext: true })
  expect(freshDraft([run(8192)], 8192)).toMatchObject({ plan: { contextLength: 8192 }, isOwnContext: false })
  expect(freshDraft([], 8192).plan.contextLength).toBe(8192)
})
