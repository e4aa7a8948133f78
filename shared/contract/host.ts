import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation'

/** What the page may know of the host it talks to; what only one host can do is data here, and the page hides the button. */
export const HostDescription = z.object({
  kind: z.enum(['desktop', 'web']),
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  canOpenFolders: z.boolean(),
  canPickFiles: z.boolean(),
  dataFolder: z.string(),
  startedAtMs: z.number(),
})
export type HostDescription = z.infer<typeof HostDescription>

export const Machine = z.object({
  name: z.string(),
  system: z.string(),
  processor: z.string(),
  coreCount: z.number(),
  memoryTotalBytes: z.number(),
  memoryFreeBytes: z.number(),
  modelsFolder: z.string(),
  diskTotalBytes: z.number().nullable(), // unknown where the folder cannot be read
  diskFreeBytes: z.number().nullable(),
  readAtMs: z.number(),
})
export type Machine = z.infer<typeof Machine>

export const host = {
  /** Which host this is and what it can do. */
  describe: operation.output(HostDescription),
  /** The machine Corral runs on: memory and disk, read again every few seconds while somebody watches. */
  watchMachine: operation.output(eventIterator(Machine)),
  /** Shows one of Corral's own folders in the file manager; desktop only. */
  openFolder: operation.input(z.object({ folder: z.enum(['data', 'models', 'logs']) })),
}
