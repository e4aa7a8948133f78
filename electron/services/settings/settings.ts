import { join } from 'node:path'
import { z } from 'zod'
import { Preferences, type PreferencesChange, type PreferencesState } from '../../../shared/contract/settings'
import { JsonFile } from '../../platform/json-file'
import type { Logger } from '../../platform/logger'
import { SavedForm } from '../../platform/saved-form'
import { Watched } from '../../platform/watched'

const SettingsFile = z.object({ preferences: Preferences.prefault({}) })
const settingsForm = new SavedForm('settings', SettingsFile)

/** Corral's own preferences, kept in the data folder. */
export class Settings {
  readonly state: Watched<PreferencesState>
  readonly #file: JsonFile<typeof SettingsFile>

  constructor(dataFolder: string, setAsideDatabase: string | null, logger: Logger) {
    this.#file = new JsonFile(join(dataFolder, 'settings.json'), settingsForm, logger)
    this.state = new Watched<PreferencesState>({
      preferences: this.#file.value.preferences,
      setAsideFile: this.#file.setAsideFile,
      setAsideDatabase,
    })
  }

  change(change: PreferencesChange): void {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const preferences = { ...this.#file.value.preferences, ...given }
    this.#file.write({ ...this.#file.value, preferences })
    this.state.update((state) => ({ ...state, preferences }))
  }
}
