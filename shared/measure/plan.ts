import type { BenchPlan } from './result'

/** Room that a prompt needs beside its words and the answer: marks of the template, a token or two of error. */
export const contextSlack = 32

export type PlanProblem = 'context-too-small' | 'steps-not-rising'

/** Why a plan cannot be run; null when it can. */
export function planProblem(plan: BenchPlan): PlanProblem | null {
  if (plan.promptTokens * 1.05 + plan.answerTokens + contextSlack > plan.contextLength) return 'context-too-small'
  const rises = plan.concurrency.every((step, i) => i === 0 || step > (plan.concurrency[i - 1] ?? 0))
  return rises ? null : 'steps-not-rising'
}

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

/**
 * What a plan costs: requests, tokens both ways (warm-up left out) and, where the speed of one stream is known, the
 * time between a server that answers all streams at once and one that answers them one by one.
 */
export function estimatePlan(plan: BenchPlan, known: KnownSpeed | null) {
  const stages = plannedStages(plan)
  const requests = stages.reduce((total, stage) => total + stage.requests, 0)
  const answerMs = known ? known.ttftMs + known.tpotMs * plan.answerTokens : null
  const duration = (waves: (stage: PlannedStage) => number) =>
    answerMs === null
      ? null
      : stages.reduce((total, stage) => total + Math.min(waves(stage) * answerMs, stageLimitMs(plan) + answerMs), 0)
  return {
    requests,
    tokens: requests * (plan.promptTokens + plan.answerTokens),
    shortestMs: duration((stage) => stage.requests / stage.concurrency),
    longestMs: duration((stage) => stage.requests),
  }
}
