import { join } from 'node:path'
import { z } from 'zod'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { JsonFile } from '../../platform/json-file'

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

const RecordFile = z.object({ version: z.literal(1).default(1), started: Started.nullable().default(null) })

/** The server that Corral started last, on disk: a Corral that was killed leaves it to the next one. */
export class ServerRecord {
  readonly #file: JsonFile<typeof RecordFile>

  constructor(dataFolder: string) {
    this.#file = new JsonFile(join(dataFolder, 'server.json'), RecordFile)
  }

  get started(): StartedServer | null {
    return this.#file.value.started
  }

  write(started: StartedServer | null): void {
    this.#file.write({ version: 1, started })
  }
}
