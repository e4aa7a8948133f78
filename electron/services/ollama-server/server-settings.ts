import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '../../../shared/failure'
import { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { isLoaderVariable } from '../../../shared/ollama/refused-variables'
import { findProblems } from '../../../shared/ollama/setting-values'
import { JsonFile } from '../../platform/json-file'
import type { Logger } from '../../platform/logger'
import { SavedForm } from '../../platform/saved-form'
import { Watched } from '../../platform/watched'

/** Beside Ollama's own port, so that a real server is never mistaken for the simulated one. */
const simulatedPort = 11534

const SettingsFile = z.object({
  real: ServerSettings.prefault({}),
  simulated: ServerSettings.prefault({ port: simulatedPort }),
})
const settingsForm = new SavedForm('settings of the server', SettingsFile)

/** What the user asks of the server, kept apart for the real one and the simulated one. */
export class SavedServerSettings {
  readonly saved: Watched<ServerSettings>
  readonly #file: JsonFile<typeof SettingsFile>
  #isSimulated: boolean

  constructor(dataFolder: string, isSimulated: boolean, logger: Logger) {
    this.#file = new JsonFile(join(dataFolder, 'server-settings.json'), settingsForm, logger)
    this.#isSimulated = isSimulated
    this.saved = new Watched(this.#current())
  }

  takeKind(isSimulated: boolean): void {
    this.#isSimulated = isSimulated
    this.saved.set(this.#current())
  }

  /** Saves them whole, or nothing. Failures: `variableRefused`, `settingInvalid`, each naming the row. */
  save(settings: ServerSettings): void {
    const refused = settings.extra.find(({ name }) => isLoaderVariable(name))
    if (refused) throw new Failure('variableRefused', refused.name)
    const [row] = Object.keys(findProblems(settings))
    if (row !== undefined) throw new Failure('settingInvalid', row)
    this.#file.write({ ...this.#file.value, [this.#isSimulated ? 'simulated' : 'real']: settings })
    this.saved.set(settings)
  }

  #current() {
    return this.#isSimulated ? this.#file.value.simulated : this.#file.value.real
  }
}
