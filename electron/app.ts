import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAnswering } from './compose/answering'
import { openLaboratory } from './compose/laboratory'
import { openLocal } from './compose/local'
import { findUnderWay } from './compose/under-way'
import type { Host } from './host'
import { closeDatabase, openOrSetAside } from './platform/database'
import { lockFolder } from './platform/folder-lock'
import { createLogger } from './platform/logger'
import { type Ending, Opened } from './platform/opened'
import type { Paths } from './platform/paths'
import { Redactor } from './platform/redactor'
import type { OpenSecrets } from './platform/secrets'
import { Children } from './process/children'
import { createRouter } from './router'
import { benchMigrations } from './services/bench/migrations'
import { chatMigrations } from './services/chats/chat-migrations'
import { gpuMigrations } from './services/gpus/gpu-migrations'
import { pullMigrations } from './services/pulls/pull-migrations'
import { Settings } from './services/settings/settings'
import { Sockets } from './wire/sockets'

export type AppOptions = {
  paths: Paths
  host: Host
  /** Where keys are kept: each host has its own place. */
  openSecrets: OpenSecrets
  /** The simulator stands in for Ollama and the GPUs from the start. */
  isDemo: boolean
}

export type App = Awaited<ReturnType<typeof createApp>>

/** Opens everything, one after the other, and closes it in the opposite order: at the end, and where opening fails. */
export async function createApp(options: AppOptions) {
  const opened = new Opened()
  try {
    return await open(options, opened)
  } catch (error) {
    // A server that an earlier Corral left running is no part of what failed.
    await opened.close({ leaveServer: true }, () => {})
    throw error
  }
}

async function open({ paths, host, isDemo, openSecrets }: AppOptions, opened: Opened) {
  const { dataFolder } = paths
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataFolder)
  opened.onClose(() => lock.free())
  const redactor = new Redactor()
  const { redact } = redactor
  const logger = createLogger(join(dataFolder, 'logs', 'corral.log'), redactor.redact)
  const secrets = await openSecrets({ dataFolder, redactor, logger })
  const { database, setAsideFile } = openOrSetAside(join(dataFolder, 'corral.db'), [
    ...chatMigrations,
    ...benchMigrations,
    ...gpuMigrations,
    ...pullMigrations,
  ])
  opened.onClose(() => closeDatabase(database))
  if (setAsideFile) logger.error('the database could not be read and was set aside', { setAsideFile })
  const children = new Children(join(dataFolder, 'children.json'), logger)
  opened.onClose(() => children.close())
  await children.sweep()

  const sockets = new Sockets()
  opened.onClose(() => sockets.close())

  const ground = { paths, database, children, sockets, logger, redactor, redact, secrets, opened }
  const settings = new Settings(dataFolder, setAsideFile, logger)
  const local = await openLocal(ground, { isDemo })
  const parts = { ...local, ...openAnswering(ground, local), ...openLaboratory(ground, local) }
  const services = { settings, ...parts, findUnderWay: () => findUnderWay(parts) }
  const router = createRouter({ ...services, host }, logger, redact)
  if (settings.state.current.preferences.startServerOnLaunch) {
    local.server.start().catch((error: unknown) => logger.warn('the server did not start with Corral', error))
  }

  return {
    services,
    secrets,
    logger,
    router,
    /** Ends everything; the server too, unless it is to be left running. */
    async close({ leaveServer }: Ending = { leaveServer: false }) {
      lock.noteEnding()
      await opened.close({ leaveServer }, (error) => logger.error('ending did not go well', error))
    },
  }
}
