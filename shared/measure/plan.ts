import { type BenchPlan, planLimits } from './result'

/** Room that a prompt needs beside its words and the answer: marks of the template, a token or two of error. */
export const contextSlack = 32

export type PlanProblem = 'no-steps' | 'out-of-range' | 'context-too-small' | 'steps-not-rising'

/** Why a plan cannot be run; null when it can. */
export function planProblem(plan: BenchPlan): PlanProblem | null {
  if (plan.concurrency.length === 0) return 'no-steps'
  if (!planNumbers.every((name) => isWithin(name, plan[name]))) return 'out-of-range'
  if (plan.promptTokens * 1.05 + plan.answerTokens + contextSlack > plan.contextLength) return 'context-too-small'
  const rises = plan.concurrency.every((step, i) => i === 0 || step > (plan.concurrency[i - 1] ?? 0))
  return rises ? null : 'steps-not-rising'
}

export type PlanNumber = keyof typeof planLimits
const planNumbers = Object.keys(planLimits) as PlanNumber[]

/** Whether a plan may have this number; NaN is none. */
export const isWithin = (name: PlanNumber, value: number): boolean =>
  Number.isInteger(value) && value >= planLimits[name].min && value <= planLimits[name].max

export type PlannedStage = { kind: 'measure' | 'drift'; concurrency: number; requests: number }

/** The steps in the order they are run; one stream comes back at the end to see whether the machine drifted. */
export function plannedStages(plan: BenchPlan): PlannedStage[] {
  const stages: PlannedStage[] = plan.concurrency.map((concurrency) => ({
    kind: 'measure',
    concurrency,
    requests: plan.preset === 'quick' ? Math.max(8, 2 * concurrency) : Math.max(30, 6 * concurrency),
  }))
  if (stages.length > 1 && stages[0]?.concurrency === 1) stages.push({ kind: 'drift', concurrency: 1, requests: 6 })
  return stages
}

/** No new request of a step is sent after this long. */
export const stageLimitMs = (plan: BenchPlan) => (plan.preset === 'quick' ? 120_000 : 300_000)

/** What one stream was seen to do, to guess from. */
export type KnownSpeed = { ttftMs: number; tpotMs: number }

/** What else is known: what the server answers at once, what earlier runs took. */
export type KnownWork = {
  slots?: number | null
  /** How long a request of this plan takes beside so many others, ms. */
  requestMs?: ReadonlyMap<number, number>
  /** How long this very plan took, ms. */
  wholeMs?: number | null
}

/**
 * What a plan costs: requests, tokens both ways (warm-up left out) and the time. That is what the same plan took, else the
 * sum of its steps as they were measured; where only one stream was, the time between a server that answers as many
 * streams at once as it has slots for (all, where that is not known) and one that answers them one by one.
 */
export function estimatePlan(plan: BenchPlan, known: KnownSpeed | null, work: KnownWork = {}) {
  const stages = plannedStages(plan)
  const requests = stages.reduce((total, stage) => total + stage.requests, 0)
  const answerMs = known ? known.ttftMs + known.tpotMs * plan.answerTokens : null
  const duration = (atOnce: (concurrency: number) => number) => {
    let totalMs = 0
    for (const { concurrency, requests: count } of stages) {
      const seenMs = work.requestMs?.get(concurrency)
      const requestMs = seenMs ?? answerMs
      if (requestMs === null) return null
      const stepMs = (count / (seenMs === undefined ? atOnce(concurrency) : concurrency)) * requestMs
      totalMs += Math.min(stepMs, stageLimitMs(plan) + requestMs)
    }
    return totalMs
  }
  const whole = work.wholeMs ?? null
  return {
    requests,
    tokens: requests * (plan.promptTokens + plan.answerTokens),
    shortestMs: whole ?? duration((concurrency) => Math.min(concurrency, work.slots ?? concurrency)),
    longestMs: whole ?? duration(() => 1),
  }
}
