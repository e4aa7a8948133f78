import type { BenchPlan } from '../../../shared/measure/result'

/** The question that a plan answers. */
export const titleKey = (plan: BenchPlan) =>
  plan.concurrency.length > 1 ? 'benchmark.titles.people' : 'benchmark.titles.speed'
