import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { isWithin, type PlanNumber } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'
import { firstPlan, roomyContext, withContext } from './plan-choices'

/** A plan as it stands in the form: a number that was typed stays as it is, also one that no plan may have. */
export type PlanDraft = {
  plan: BenchPlan
  /** The context was typed, so lengths that are typed later leave it alone. */
  isOwnContext: boolean
}

/** The form before anything was typed: the last run's plan as it was, or the first one in the server's own context. */
export function freshDraft(runs: readonly BenchRunSummary[], setContext: number | null): PlanDraft {
  const last = runs[0]?.plan
  if (!last) return { plan: withContext(firstPlan, setContext), isOwnContext: false }
  const usual =
    setContext === null
      ? roomyContext(last.promptTokens, last.answerTokens)
      : withContext(last, setContext).contextLength
  return { plan: last, isOwnContext: last.contextLength !== usual && last.contextLength !== firstPlan.contextLength }
}

/** A number was typed. Lengths bring their context along until it was typed itself; `leastContext` is the server's. */
export function withNumbers(
  draft: PlanDraft,
  typed: Partial<Pick<BenchPlan, PlanNumber>>,
  leastContext: number,
): PlanDraft {
  const plan = { ...draft.plan, ...typed }
  if (typed.contextLength !== undefined) return { plan, isOwnContext: true }
  const { promptTokens, answerTokens } = plan
  const hasLengths = isWithin('promptTokens', promptTokens) && isWithin('answerTokens', answerTokens)
  if (draft.isOwnContext || !hasLengths) return { ...draft, plan }
  return {
    ...draft,
    plan: { ...plan, contextLength: Math.max(roomyContext(promptTokens, answerTokens), leastContext) },
  }
}

const key = 'benchmark-plan'

/** The form as it was left, also before the page was loaded again; null where nothing is kept, or nothing that can be read. */
export function readDraft(storage: Pick<Storage, 'getItem'>): PlanDraft | null {
  try {
    const { plan, isOwnContext } = JSON.parse(storage.getItem(key) ?? '') as PlanDraft
    const number = (name: PlanNumber) => (typeof plan[name] === 'number' ? plan[name] : Number.NaN)
    return {
      plan: {
        model: ownModel(String(plan.model.name)),
        promptTokens: number('promptTokens'),
        answerTokens: number('answerTokens'),
        contextLength: number('contextLength'),
        concurrency: plan.concurrency.filter((streams) => Number.isInteger(streams)),
        preset: plan.preset === 'standard' ? 'standard' : 'quick',
      },
      isOwnContext: isOwnContext === true,
    }
  } catch {
    return null
  }
}

/** A browser that keeps nothing forgets the form with the page. */
export function keepDraft(draft: PlanDraft, storage: Pick<Storage, 'setItem'>): void {
  try {
    storage.setItem(key, JSON.stringify(draft))
  } catch {}
}
