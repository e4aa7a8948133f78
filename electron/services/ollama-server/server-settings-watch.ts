import type { ServerSettingsState } from '../../../shared/contract/server-settings'
import { environmentOf } from '../../../shared/ollama/setting-values'
import type { Redact } from '../../platform/redactor'
import { changeOfAny } from '../../platform/watched'
import type { OllamaServer } from './ollama-server'
import { outsideSettings } from './outside-settings'
import type { SavedServerSettings } from './server-settings'

/** The saved settings beside those the running server was started with, again after every change of either. */
export async function* watchServerSettings(
  settings: SavedServerSettings,
  server: OllamaServer,
  redact: Redact,
  signal: AbortSignal | undefined,
  read = outsideSettings,
): AsyncGenerator<ServerSettingsState, void, void> {
  const outside = read()
  while (!signal?.aborted) {
    const saved = settings.saved.current
    const state = server.state.current
    yield {
      saved,
      applied: server.applied.current,
      outside,
      environment: environmentOf(saved).map(({ name, value }) => ({ name, value: redact(value) })),
    }
    await changeOfAny(
      [
        [settings.saved, saved],
        [server.state, state],
      ],
      signal,
    )
  }
}
