import { join } from 'node:path'
import { z } from 'zod'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { JsonFile } from '../../platform/json-file'
import type { Logger } from '../../platform/logger'
import { SavedForm } from '../../platform/saved-form'

const Known = z.object({ pid: z.number(), mark: z.string() })

const Started = z.object({
  process: Known,
  startedAtMs: z.number(),
  applied: ServerSettings,
  isSimulated: z.boolean(),
  /** Its runners hold memory and outlive a server that is killed. */
  runners: z.array(Known).default([]),
})
export type StartedServer = z.infer<typeof Started>

const RecordFile = z.object({ started: Started.nullable().default(null) })
const recordForm = new SavedForm('record of the server', RecordFile)

/** The server that Corral started last, on disk: a Corral that was killed leaves it to the next one. */
export class ServerRecord {
  readonly #file: JsonFile<typeof RecordFile>

  constructor(
    dataFolder: string,
    private readonly logger: Logger,
  ) {
    this.#file = new JsonFile(join(dataFolder, 'server.json'), recordForm, logger)
  }

  get started(): StartedServer | null {
    return this.#file.value.started
  }

  /** It serves the next Corral; this one goes on without it, as on a full disk. */
  write(started: StartedServer | null): void {
    try {
      this.#file.write({ started })
    } catch (error) {
      this.logger.warn('the server that was started could not be noted', error)
    }
  }
}
