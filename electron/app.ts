import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Host } from './host'
import { closeDatabase, openOrSetAside } from './platform/database'
import { lockFolder } from './platform/folder-lock'
import { createLogger } from './platform/logger'
import type { Paths } from './platform/paths'
import { Children } from './process/children'
import { createRouter } from './router'
import { Bench } from './services/bench/bench'
import { machineFacts } from './services/bench/machine-facts'
import { benchMigrations } from './services/bench/migrations'
import { chatMigrations } from './services/chats/chat-migrations'
import { Chats } from './services/chats/chats'
import { findNvidiaSmi } from './services/gpus/find-nvidia-smi'
import { gpuMigrations } from './services/gpus/gpu-migrations'
import { Gpus } from './services/gpus/gpus'
import { readInForce } from './services/in-force/in-force-watch'
import { ownModelsFolder } from './services/in-force/own-models-folder'
import { Machine, usualModelsFolder } from './services/machine/machine'
import { Models } from './services/models/models'
import { OllamaServer } from './services/ollama-server/ollama-server'
import { SavedServerSettings } from './services/ollama-server/server-settings'
import { Programs } from './services/programs/programs'
import { pullMigrations } from './services/pulls/pull-migrations'
import { Pulls } from './services/pulls/pulls'
import { readManifest } from './services/pulls/registry-manifest'
import { ServerLog } from './services/server-log/server-log'
import { Settings } from './services/settings/settings'
import { prepareSimulator } from './simulator/programs'

export type AppOptions = {
  paths: Paths
  host: Host
  /** The simulator stands in for Ollama and the GPUs from the start. */
  isDemo: boolean
}

export type App = Awaited<ReturnType<typeof createApp>>

/** Puts the services together: everything a service needs is passed here, and everything ends in `close`. */
export async function createApp({ paths, host, isDemo }: AppOptions) {
  const { dataFolder } = paths
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataFolder)
  const logger = createLogger(join(dataFolder, 'logs', 'corral.log'))
  const { database, setAsideFile } = openOrSetAside(join(dataFolder, 'corral.db'), [
    ...chatMigrations,
    ...benchMigrations,
    ...gpuMigrations,
    ...pullMigrations,
  ])
  if (setAsideFile) logger.error('the database could not be read and was set aside', { setAsideFile })
  const children = new Children(join(dataFolder, 'children.json'), logger)
  await children.sweep()

  const ending = new AbortController()
  const settings = new Settings(dataFolder, setAsideFile)
  const simulatorFolder = join(dataFolder, 'simulator')
  const programs = new Programs(dataFolder, prepareSimulator(simulatorFolder, paths.bundleFolder), isDemo)
  const serverSettings = new SavedServerSettings(dataFolder, programs.state.current.isSimulated)
  const serverLog = new ServerLog()
  const server = new OllamaServer({
    dataFolder,
    logsFolder: join(dataFolder, 'logs'),
    programs,
    settings: serverSettings,
    log: serverLog,
    logger,
    hasUnfinishedPull: () => pulls.hasUnfinished(),
    beforeEnd: () => pulls.letGo(),
  })
  const modelsFolder = () =>
    serverSettings.saved.current.values.modelsFolder ??
    (programs.state.current.isSimulated ? join(simulatorFolder, 'models') : usualModelsFolder())
  const machine = new Machine(modelsFolder)
  const gpus = new Gpus({
    findProgram: () => programs.simulatedNvidiaSmi ?? findNvidiaSmi(),
    isSimulated: () => programs.state.current.isSimulated,
    children,
    database,
    logger,
  })
  const models = new Models({
    server: server.address,
    runners: () => server.runners(),
    cardMemory: () => gpus.processes(),
    logger,
  })
  const pulls: Pulls = new Pulls({
    server: server.address,
    database,
    logger,
    onPulled: () => models.refresh(),
    ownModelsFolder: () => ownModelsFolder(server, serverLog),
    tell: (line) => serverLog.add('corral', [line]),
    manifest: readManifest,
  })
  const chats = new Chats(database, server.address, logger)
  const bench = new Bench({
    server: server.address,
    database,
    bundleFolder: paths.bundleFolder,
    logger,
    machine: async (model) => machineFacts(gpus.state.current, await readInForce(server, serverLog, models), model),
  })

  const services = { settings, machine, server, serverSettings, serverLog, gpus, models, pulls, chats, bench }
  const folders = { data: () => dataFolder, logs: () => join(dataFolder, 'logs'), models: modelsFolder }

  gpus.open()
  void followKind(programs, () => gpus.lookAgain(), ending.signal)
  await server.open()
  models.open()
  pulls.open()
  if (settings.state.current.preferences.startServerOnLaunch) {
    server.start().catch((error: unknown) => logger.warn('the server did not start with Corral', error))
  }

  return {
    services,
    logger,
    router: createRouter({ ...services, host, folders }, logger),
    /** Ends everything; the server too, unless it is to be left running. */
    async close({ leaveServer = false } = {}) {
      lock.noteEnding()
      ending.abort()
      // One that fails must not keep the rest from ending: a server would be left running.
      const steps = [
        () => chats.close(),
        () => bench.close(),
        () => pulls.close(),
        () => models.close(),
        () => server.close({ leaveServer }),
        () => gpus.close(),
        () => children.close(),
        () => closeDatabase(database),
        () => lock.free(),
      ]
      for (const end of steps) {
        try {
          await end()
        } catch (error) {
          logger.error('ending did not go well', error)
        }
      }
    },
  }
}

/** The simulator brings its own cards: they are looked for whenever it takes over or goes. */
async function followKind(programs: Programs, onChange: () => void, signal: AbortSignal) {
  let { isSimulated } = programs.state.current
  for await (const state of programs.state.watch(signal, 0)) {
    if (state.isSimulated !== isSimulated) onChange()
    isSimulated = state.isSimulated
  }
}
