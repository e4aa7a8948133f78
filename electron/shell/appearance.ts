import { app, nativeTheme } from 'electron'
import type { Settings } from '../services/settings/settings'
import { showMenu } from './menu'
import { textsFor } from './texts'

/** Menu and native colours follow the preferences until the program ends. */
export async function followPreferences(settings: Settings, dataFolder: string): Promise<void> {
  const ending = new AbortController()
  app.once('will-quit', () => ending.abort())
  for await (const { preferences } of settings.state.watch(ending.signal)) {
    nativeTheme.themeSource = preferences.theme
    showMenu(textsFor(preferences.language, app.getLocale()), dataFolder)
  }
}
