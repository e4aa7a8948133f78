import { isSameModelRef, ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { contextSlack, type KnownSpeed, type KnownWork } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'

/** Shapes of work, in tokens (benchmarking.md, 6). */
export const workloads = {
  chat: { promptTokens: 512, answerTokens: 256 },
  short: { promptTokens: 128, answerTokens: 128 },
  documents: { promptTokens: 4096, answerTokens: 256 },
  writing: { promptTokens: 128, answerTokens: 1024 },
} as const
export type Workload = keyof typeof workloads

/** What the user wants to know, and the steps that answer it. */
export const goals = {
  speed: [1],
  people: [1, 2, 4, 8],
} as const
export type Goal = keyof typeof goals

export const offeredSteps = [1, 2, 4, 8, 16, 32, 64]

export const firstPlan: BenchPlan = {
  model: ownModel(''),
  ...workloads.chat,
  concurrency: [...goals.people],
  preset: 'quick',
  contextLength: 4096,
}

/** What a plan finds out, whatever its steps; null for one step of several streams, which compares with nothing. */
export function goalOf({ concurrency }: BenchPlan): Goal | null {
  if (concurrency.length > 1) return 'people'
  return concurrency[0] === 1 ? 'speed' : null
}

export function workloadOf(plan: BenchPlan): Workload | null {
  const found = Object.entries(workloads).find(
    ([, shape]) => shape.promptTokens === plan.promptTokens && shape.answerTokens === plan.answerTokens,
  )
  return (found?.[0] as Workload | undefined) ?? null
}

/** The context that holds a prompt and its answer, in the powers of two that servers are given. */
export function roomyContext(promptTokens: number, answerTokens: number): number {
  const needed = promptTokens * 1.05 + answerTokens + contextSlack
  return Math.max(2048, 2 ** Math.ceil(Math.log2(needed)))
}

/** The plan with the server's own context, so that nothing is loaded again for it; more where the work needs more. */
export function withContext(plan: BenchPlan, setContext: number | null): BenchPlan {
  if (setContext === null) return plan
  return { ...plan, contextLength: Math.max(setContext, roomyContext(plan.promptTokens, plan.answerTokens)) }
}

/** What one stream of this model was last seen to do, its first token scaled to the length of the prompt. */
export function knownSpeed(plan: BenchPlan, runs: readonly BenchRunSummary[]): KnownSpeed | null {
  for (const run of runs) {
    const solo = isSameModelRef(run.plan.model, plan.model)
      ? run.curve.find((step) => step.concurrency === 1)
      : undefined
    if (!solo?.ttftMs || !solo.tpotMs) continue
    return {
      ttftMs: (solo.ttftMs.value * plan.promptTokens) / run.plan.promptTokens,
      tpotMs: solo.tpotMs.value,
    }
  }
  return null
}

/** What earlier runs of this model say of the time that a plan takes, the newest first. */
export function knownWork(plan: BenchPlan, runs: readonly BenchRunSummary[], slots: number | null): KnownWork {
  const same = runs.filter((run) => isSameModelRef(run.plan.model, plan.model))
  const requestMs = new Map<number, number>()
  for (const run of same) {
    for (const { concurrency, ttftMs, tpotMs } of run.curve) {
      if (!ttftMs || !tpotMs || requestMs.has(concurrency)) continue
      const firstMs = (ttftMs.value * plan.promptTokens) / run.plan.promptTokens
      requestMs.set(concurrency, firstMs + tpotMs.value * plan.answerTokens)
    }
  }
  const before = same.find((run) => run.state === 'finished' && run.endedAtMs !== null && isSamePlan(run.plan, plan))
  return { slots, requestMs, wholeMs: before?.endedAtMs ? before.endedAtMs - before.startedAtMs : null }
}

const isSamePlan = (one: BenchPlan, other: BenchPlan) =>
  one.promptTokens === other.promptTokens &&
  one.answerTokens === other.answerTokens &&
  one.contextLength === other.contextLength &&
  one.preset === other.preset &&
  one.concurrency.join() === other.concurrency.join()
