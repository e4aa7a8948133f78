import { join } from 'node:path'
import { Failure } from '../../shared/failure'
import type { ServerSettings } from '../../shared/ollama/chosen-settings'
import { runningServer } from '../../shared/ollama/server-powers'
import { environmentOf } from '../../shared/ollama/setting-values'
import { Watched } from '../platform/watched'
import { environmentOfProcess, environmentOnOurFiles } from '../process/environment-of-process'
import { listBackends } from '../services/backends/backends'
import { findNvidiaSmi } from '../services/gpus/find-nvidia-smi'
import { Gpus } from '../services/gpus/gpus'
import { usesCards } from '../services/gpus/uses-cards'
import { InForce } from '../services/in-force/in-force'
import { serversModelsFolder } from '../services/in-force/servers-models-folder'
import { Machine, usualModelsFolder } from '../services/machine/machine'
import { Models } from '../services/models/models'
import { type EndedBy, OllamaServer } from '../services/ollama-server/ollama-server'
import { ProgramChoice } from '../services/ollama-server/program-choice'
import { Runners } from '../services/ollama-server/runners'
import { SavedServerSettings } from '../services/ollama-server/server-settings'
import { Programs } from '../services/programs/programs'
import { Pulls } from '../services/pulls/pulls'
import { readManifest } from '../services/pulls/registry-manifest'
import { ServerLog } from '../services/server-log/server-log'
import { ServerOutput } from '../services/server-log/server-output'
import { prepareSimulator } from '../simulator/programs'
import { OutwardSockets } from '../wire/outward-sockets'
import type { ServerAddress } from '../wire/server-address'
import type { Ground } from './ground'

export type Local = Awaited<ReturnType<typeof openLocal>>

/** This machine: its cards, its Ollama, and what lies on its disk. */
export async function openLocal(
  { paths: { dataFolder, bundleFolder }, database, children, sockets, logger, redactor, redact, opened }: Ground,
  { isDemo }: { isDemo: boolean },
) {
  const ending = new AbortController()
  opened.onClose(() => ending.abort())
  const logsFolder = join(dataFolder, 'logs')
  const simulatorFolder = join(dataFolder, 'simulator')
  const programs = new Programs(dataFolder, prepareSimulator(simulatorFolder, bundleFolder), isDemo, logger)
  const serverSettings = new SavedServerSettings(dataFolder, programs.state.current.isSimulated, logger)
  const serverLog = new ServerLog(redact)
  const usualFolder = () => (programs.state.current.isSimulated ? join(simulatorFolder, 'models') : usualModelsFolder())

  const gpus = new Gpus({
    findProgram: () => programs.simulatedNvidiaSmi ?? findNvidiaSmi(),
    isSimulated: () => programs.state.current.isSimulated,
    children,
    database,
    logger,
  })
  gpus.open()
  opened.onClose(() => gpus.close())
  void followKind(programs, () => gpus.lookAgain(), ending.signal)

  const address = new Watched<ServerAddress>(null)
  const backends = listBackends(address)
  const applied = new Watched<ServerSettings | null>(null)
  const runners = new Runners()
  const models = new Models({
    backends,
    sockets,
    runners: (loaded) => runners.of(loaded),
    seesRunners: () => runners.seesAll,
    usesCards: () => usesCards({ gpus: gpus.state.current, log: applied.current ? serverLog.lines : [] }),
    cardMemory: () => gpus.processes(),
    logger,
    redact,
  })
  // As the server itself goes out: with its own variables, where they are known.
  const outward = new OutwardSockets(() => ({
    ...(environmentOfProcess(runningServer(server.state.current)?.pid ?? null) ?? process.env),
    ...Object.fromEntries(
      (applied.current ? environmentOf(applied.current) : []).map(({ name, value }) => [name, value]),
    ),
  }))
  opened.onClose(() => outward.close())
  const pulls = new Pulls({
    backends,
    sockets,
    database,
    logger,
    redact,
    onPulled: () => models.refresh(),
    modelsFolder: () => modelsFolder(),
    tell: (line) => serverLog.add('corral', [line]),
    manifest: (name, signal) => readManifest((address) => outward.to(address), name, signal),
  })
  const output = new ServerOutput(logsFolder, serverLog, redactor, sockets.left)
  const lettingGo: ((why: EndedBy) => Promise<unknown>)[] = [() => pulls.letGo()]
  const server = new OllamaServer({
    dataFolder,
    programs,
    settings: serverSettings,
    log: serverLog,
    output,
    onLeft: (path) => sockets.left.note(path),
    logger,
    address,
    applied,
    runners,
    askLoaded: () => models.askHeld(),
    hasUnfinishedPull: () => pulls.hasUnfinished(),
    beforeEnd: (why) => Promise.all(lettingGo.map((letGo) => letGo(why))),
  })
  const modelsFolder = () =>
    serversModelsFolder({
      server: server.state.current,
      applied: applied.current,
      log: serverLog,
      environmentOf: environmentOnOurFiles,
      folderFor: (chosen) => chosen ?? usualFolder(),
      saved: serverSettings.saved.current,
    })
  const machine = new Machine(() => modelsFolder()?.path ?? null)
  const programChoice = new ProgramChoice({ programs, server })
  const inForce = new InForce({ server, runners, log: serverLog, models, redact })

  opened.onClose((how) => server.close(how))
  await server.open()
  models.open()
  opened.onClose(() => models.close())
  pulls.open()
  opened.onClose(() => pulls.close())

  /** The server writes to a file, which is looked at now and then: who wants to know is told what is in it now. */
  const said = {
    place: () => serverLog.summary.current.lastNumber,
    after: (place: number) => {
      output.readNow()
      return serverLog.after(place)
    },
  }
  const folders = {
    data: () => dataFolder,
    logs: () => logsFolder,
    models: () => {
      const folder = modelsFolder()
      if (folder === null) throw new Failure('modelsFolderUnknown')
      return folder.path
    },
  }
  return {
    programChoice,
    serverSettings,
    serverLog,
    machine,
    gpus,
    models,
    pulls,
    server,
    inForce,
    backends,
    folders,
    said,
    lettingGo,
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
