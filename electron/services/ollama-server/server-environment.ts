import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { isLoaderVariable } from '../../../shared/ollama/refused-variables'
import { environmentOf } from '../../../shared/ollama/setting-values'
import { fromHome } from '../../platform/paths'

/** The variables that a server is started with. A start deletes the partial files of pulls, unless it is told not to. */
export function serverEnvironment(settings: ServerSettings, keepsPartialFiles: boolean): Record<string, string> {
  // The file of settings may have been edited by hand, past the check at saving.
  const allowed = environmentOf(settings).filter(({ name }) => !isLoaderVariable(name))
  // A shell would read ~ as the home folder; Ollama makes a folder of that name.
  const given = Object.fromEntries(
    allowed.map(({ name, value }) => [name, name === 'OLLAMA_MODELS' ? fromHome(value) : value]),
  )
  return keepsPartialFiles ? { OLLAMA_NOPRUNE: '1', ...given } : given
}
