import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ModelRef } from '../backends/model-ref'
import { FailureReport, operation } from './operation'

export const Pull = z.object({
  model: ModelRef,
  state: z.enum(['waiting', 'running', 'stalled', 'verifying', 'stopped', 'failed', 'done']),
  completedBytes: z.number(),
  totalBytes: z.number().nullable(), // unknown until the manifest is read
  /** False: the layers told so far; more may follow. */
  isTotalFinal: z.boolean(),
  bytesPerSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  failure: FailureReport.nullable(),
  /** Of a pull that is paused or has failed: what lies on the disk of it; null where nobody could look. */
  keptBytes: z.number().nullable(),
  /**
   * `refetching`: parts that had arrived come anew. `loses-parts`: again and again. `gave-way`: it stood still, and waits
   * behind the others.
   */
  trouble: z.enum(['refetching', 'loses-parts', 'gave-way']).nullable(),
  addedAtMs: z.number(),
  finishedAtMs: z.number().nullable(),
})
export type Pull = z.infer<typeof Pull>

const Named = z.object({ model: ModelRef })

export const pulls = {
  /** The queue, now and after every change. */
  watch: operation.output(eventIterator(z.array(Pull))),
  /** Puts a model at the end of the queue; a second call changes nothing, one for a stopped pull goes on where it stopped. */
  add: operation.input(Named),
  /** Stops a pull. What has arrived stays on disk: adding the model again goes on from there. */
  cancel: operation.input(Named),
  /** Takes a stopped, failed or finished pull off the list. */
  dismiss: operation.input(Named),
}
