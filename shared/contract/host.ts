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

export const host = {
  /** Which host this is and what it can do. */
  describe: operation.output(HostDescription),
  /** Shows one of Corral's own folders in the file manager; desktop only. */
  openFolder: operation.input(z.object({ folder: z.enum(['data', 'models', 'logs']) })),
}
