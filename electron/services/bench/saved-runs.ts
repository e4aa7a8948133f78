import { z } from 'zod'
import { ownModel } from '../../../shared/backends/own'
import { BenchRun, BenchRunSummary } from '../../../shared/contract/bench'
import { BenchRequest, BenchStage } from '../../../shared/measure/result'
import { SavedForm } from '../../platform/saved-form'

/** A run without its steps, as its row keeps it. */
const RunRecord = BenchRun.omit({ stages: true })
export type RunRecord = z.infer<typeof RunRecord>

/** The first runs did not know their machine. */
const withMachine = (run: Record<string, unknown>) => ({ machine: null, ...run })

/** There was only the server that Corral runs, and a plan named its model alone. */
const withBackend = (run: Record<string, unknown>) => {
  const plan = run.plan as Record<string, unknown>
  return { ...run, plan: { ...plan, model: ownModel(plan.model as string) } }
}

/** With the numbers of its requests that were in its window. Of a step of the first version they say it themselves. */
const SavedStage = BenchStage.extend({ inWindow: z.array(z.number()) })
const withoutNumbers = (stage: Record<string, unknown>) => ({ ...stage, inWindow: [] })

/** The first requests did not keep the status they were answered with. */
const withStatus = (request: Record<string, unknown>) => ({ status: null, ...request })

/** What the tables of runs hold as JSON. */
export const savedRun = new SavedForm('benchmark run', RunRecord, [withMachine, withBackend])
export const savedSummary = new SavedForm('summary of a benchmark run', BenchRunSummary, [withBackend])
export const savedStage = new SavedForm('step of a benchmark run', SavedStage, [withoutNumbers])
export const savedRequest = new SavedForm('request of a benchmark run', BenchRequest, [withStatus])
