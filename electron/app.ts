import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from './host'
import { openDatabase } from './platform/database'
import { lockFolder } from './platform/folder-lock'
import { createLogger } from './platform/logger'
import type { Paths } from './platform/paths'
import { Watched } from './platform/watched'
import { Children } from './process/children'
import { createRouter } from './router'
import { Bench } from './services/bench/bench'
import { benchMigrations } from './services/bench/migrations'
import { chatMigrations } from './services/chats/chat-migrations'
import { Chats } from './services/chats/chats'
import type { ServerAddress } from './services/chats/server-address'
import { Machine, usualModelsFolder } from './services/machine/machine'
import { Settings } from './services/settings/settings'

export type AppOptions = {
  paths: Paths
  host: Host
  /** The simulator stands in for Ollama and the GPUs from the start. */
  isDemo: boolean
}

export type App = Awaited<ReturnType<typeof createApp>>

/** Puts the services together: everything a service needs is passed here, and everything ends in `close`. */
export async function createApp({ paths, host }: AppOptions) {
  const { dataFolder } = paths
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(dataFolder)
  const logger = createLogger(join(dataFolder, 'logs', 'corral.log'))
  const database = openDatabase(join(dataFolder, 'corral.db'), [...chatMigrations, ...benchMigrations])
  const children = new Children(join(dataFolder, 'children.json'), logger)
  await children.sweep()

  const settings = new Settings(dataFolder)
  const machine = new Machine(usualModelsFolder)

  const serverAddress = new Watched<ServerAddress>(null)
  const chats = new Chats(database, serverAddress, logger)

  const bench = new Bench({ server: serverAddress, database, bundleFolder: paths.bundleFolder, logger })

  const services = { settings, machine, chats, bench }
  const folders = { data: dataFolder, logs: join(dataFolder, 'logs'), models: usualModelsFolder() }

  return {
    services,
    router: createRouter({ ...services, host, folders }, logger),
    async close() {
      await chats.close()
      await bench.close()
      await children.close()
      database.close()
      unlock()
    },
  }
}
