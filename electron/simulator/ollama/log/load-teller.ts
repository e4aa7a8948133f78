import type { Log } from '../manners/log'
import { isOldStyle } from '../manners/version-style'
import type { LoadTeller } from '../scheduling/load-teller'
import { debugEnd, debugGivenBack, debugReady } from './debug-log'
import { sayLoading, sayReady, sayStillLoading } from './load-log'
import { sayDamaged, sayFlashNeeded, sayKeyValueTypeRefused } from './refusal-log'

/** Writes down what scheduling tells, in the words of the version. */
export function loadTeller(log: Log, version: string): LoadTeller {
  const old = isOldStyle(version)
  return {
    loading: (story) => sayLoading(log, story),
    stillLoading: () => sayStillLoading(log, old),
    ready(loaded, seconds) {
      sayReady(log, loaded.story, seconds)
      debugReady(log, old, loaded)
    },
    damaged: ({ model, weightsFile }) => sayDamaged(log, version, model.manifest.simulated, weightsFile),
    keyValueTypeRefused: ({ settings, weightsFile }) => sayKeyValueTypeRefused(log, settings.keyValueType, weightsFile),
    flashNeeded: ({ weightsFile }) => sayFlashNeeded(log, weightsFile),
    loadAborted: () =>
      log.warnAt(
        { old: 'server.go:564', new: 'llama_server.go:1301' },
        `client connection closed before ${old ? 'server' : 'llama-server'} finished loading, aborting load`,
      ),
    runnerFoundDead: () =>
      log.warnAt(
        { old: 'server.go:477', new: 'llama_server.go:1196' },
        `${old ? 'llama runner' : 'llama-server'} process no longer running`,
        { sys: 9, string: 'signal: killed' },
      ),
    givenBack: (loaded) => debugGivenBack(log, old, loaded),
    ending: (loaded) => debugEnd(log, old, loaded),
  }
}
