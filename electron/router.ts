import { implement } from '@orpc/server'
import { contract } from '../shared/contract'
import type { Host } from './host'
import type { Logger } from './platform/logger'
import { reportFailures } from './ports/report-failures'
import type { Machine } from './services/machine/machine'
import type { Settings } from './services/settings/settings'

export type Services = {
  host: Host
  folders: Record<'data' | 'models' | 'logs', string>
  settings: Settings
  machine: Machine
}

/** Contract to services, one line each: the audited list of what the page can make this machine do. */
export function createRouter(services: Services, logger: Logger) {
  const on = implement(contract).use(reportFailures(logger))
  return on.router({
    host: {
      describe: on.host.describe.handler(() => services.host.description),
      watchMachine: on.host.watchMachine.handler(({ signal }) => services.machine.watch(signal)),
      openFolder: on.host.openFolder.handler(({ input }) => services.host.openFolder(services.folders[input.folder])),
    },
    settings: {
      watch: on.settings.watch.handler(({ signal }) => services.settings.state.watch(signal)),
      change: on.settings.change.handler(({ input }) => services.settings.change(input)),
    },
  })
}

export type AppRouter = ReturnType<typeof createRouter>
