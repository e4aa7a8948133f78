import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation'

export const Machine = z.object({
  name: z.string(),
  system: z.string(),
  processor: z.string(),
  coreCount: z.number(),
  memoryTotalBytes: z.number(),
  memoryFreeBytes: z.number(),
  modelsFolder: z.string().nullable(), // of the running server, else of the next start; unknown of one that does not tell
  diskTotalBytes: z.number().nullable(), // unknown where the folder is not known or cannot be read
  diskFreeBytes: z.number().nullable(),
  readAtMs: z.number(),
})
export type Machine = z.infer<typeof Machine>

export const machine = {
  /** The machine Corral runs on: memory and disk, read again every few seconds while somebody watches. */
  watch: operation.output(eventIterator(Machine)),
}
