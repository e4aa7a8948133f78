import { implement } from '@orpc/server'
import { contract } from '../shared/contract'
import type { UnderWay } from '../shared/contract/server'
import type { Host } from './host'
import type { Logger } from './platform/logger'
import type { Redact } from './platform/redactor'
import { reportFailures } from './ports/report-failures'
import type { Bench } from './services/bench/bench'
import type { Chats } from './services/chats/chats'
import type { Gpus } from './services/gpus/gpus'
import type { InForce } from './services/in-force/in-force'
import type { Machine } from './services/machine/machine'
import type { Models } from './services/models/models'
import type { OllamaServer } from './services/ollama-server/ollama-server'
import type { ProgramChoice } from './services/ollama-server/program-choice'
import type { SavedServerSettings } from './services/ollama-server/server-settings'
import { watchServerSettings } from './services/ollama-server/server-settings-watch'
import type { Pulls } from './services/pulls/pulls'
import type { ServerLog } from './services/server-log/server-log'
import type { Settings } from './services/settings/settings'

export type Services = {
  host: Host
  folders: Record<'data' | 'models' | 'logs', () => string>
  settings: Settings
  machine: Machine
  server: OllamaServer
  findUnderWay: () => Promise<UnderWay>
  programChoice: ProgramChoice
  serverSettings: SavedServerSettings
  serverLog: ServerLog
  inForce: InForce
  gpus: Gpus
  models: Models
  pulls: Pulls
  chats: Chats
  bench: Bench
}

/** Contract to services, one line each: the audited list of what the page can make this machine do. */
export function createRouter(services: Services, logger: Logger, redact: Redact) {
  const on = implement(contract).use(reportFailures(logger, redact))
  return on.router({
    host: {
      describe: on.host.describe.handler(() => services.host.description),
      openFolder: on.host.openFolder.handler(({ input }) => services.host.openFolder(services.folders[input.folder]())),
    },
    machine: {
      watch: on.machine.watch.handler(({ signal }) => services.machine.watch(signal)),
    },
    settings: {
      watch: on.settings.watch.handler(({ signal }) => services.settings.state.watch(signal)),
      change: on.settings.change.handler(({ input }) => services.settings.change(input)),
    },
    server: {
      watch: on.server.watch.handler(({ signal }) => services.server.state.watch(signal)),
      start: on.server.start.handler(() => services.server.start()),
      stop: on.server.stop.handler(() => services.server.stop()),
      restart: on.server.restart.handler(() => services.server.restart()),
      findUnderWay: on.server.findUnderWay.handler(() => services.findUnderWay()),
      lookAgain: on.server.lookAgain.handler(() => services.programChoice.lookAgain()),
      pointAt: on.server.pointAt.handler(({ input }) => services.programChoice.pointAt(input.file)),
      pick: on.server.pick.handler(() => services.programChoice.pick(services.host)),
      useSimulator: on.server.useSimulator.handler(({ input }) => services.programChoice.useSimulator(input.isOn)),
    },
    serverSettings: {
      watch: on.serverSettings.watch.handler(({ signal }) =>
        watchServerSettings(services.serverSettings, services.server, redact, signal),
      ),
      save: on.serverSettings.save.handler(({ input }) => services.serverSettings.save(input)),
      watchInForce: on.serverSettings.watchInForce.handler(({ signal }) => services.inForce.watch(signal)),
    },
    serverLog: {
      watch: on.serverLog.watch.handler(({ signal }) => services.serverLog.summary.watch(signal, 250)),
      read: on.serverLog.read.handler(({ input }) => services.serverLog.read(input)),
      find: on.serverLog.find.handler(({ input }) => services.serverLog.find(input)),
      histogram: on.serverLog.histogram.handler(({ input }) => services.serverLog.histogram(input)),
    },
    models: {
      watch: on.models.watch.handler(({ signal }) => services.models.state.watch(signal, 100)),
      show: on.models.show.handler(({ input }) => services.models.show(input.model)),
      remove: on.models.remove.handler(({ input }) => services.models.remove(input.model)),
      load: on.models.load.handler(({ input }) => services.models.load(input.model)),
      unload: on.models.unload.handler(({ input }) => services.models.unload(input.model)),
    },
    pulls: {
      watch: on.pulls.watch.handler(({ signal }) => services.pulls.state.watch(signal, 150)),
      add: on.pulls.add.handler(({ input }) => services.pulls.add(input.model)),
      cancel: on.pulls.cancel.handler(({ input }) => services.pulls.cancel(input.model)),
      dismiss: on.pulls.dismiss.handler(({ input }) => services.pulls.dismiss(input.model)),
    },
    gpus: {
      watch: on.gpus.watch.handler(({ signal }) => services.gpus.watch(signal)),
      watchHistory: on.gpus.watchHistory.handler(({ input, signal }) =>
        services.gpus.watchHistory(input.minutes, signal),
      ),
      lookAgain: on.gpus.lookAgain.handler(() => services.gpus.lookAgain()),
    },
    chats: {
      watch: on.chats.watch.handler(({ input, signal }) => services.chats.watch(input.search ?? '', signal)),
      create: on.chats.create.handler(({ input }) => services.chats.create(input.model, input.parameters)),
      rename: on.chats.rename.handler(({ input }) => services.chats.rename(input.id, input.title)),
      remove: on.chats.remove.handler(({ input }) => services.chats.remove(input.id)),
      restore: on.chats.restore.handler(({ input }) => services.chats.restore(input.id)),
      watchChat: on.chats.watchChat.handler(({ input, signal }) => services.chats.watchChat(input.id, signal)),
      readTexts: on.chats.readTexts.handler(({ input }) => services.chats.readTexts(input.ids)),
      changeParameters: on.chats.changeParameters.handler(({ input }) =>
        services.chats.changeParameters(input.id, input.model, input.parameters),
      ),
    },
    answers: {
      send: on.answers.send.handler(({ input }) => services.chats.send(input.chatId, input.text)),
      regenerate: on.answers.regenerate.handler(({ input }) => services.chats.regenerate(input.messageId)),
      watchCount: on.answers.watchCount.handler(({ signal }) => services.chats.runningCount.watch(signal)),
      stop: on.answers.stop.handler(({ input }) => services.chats.stop(input.chatId)),
      follow: on.answers.follow.handler(({ input, signal }) =>
        services.chats.follow(input.messageId, input.from, signal),
      ),
    },
    bench: {
      watch: on.bench.watch.handler(({ signal }) => services.bench.live.watch(signal, 150)),
      watchProgress: on.bench.watchProgress.handler(({ signal }) => services.bench.watchProgress(signal)),
      start: on.bench.start.handler(({ input }) => services.bench.start(input)),
      cancel: on.bench.cancel.handler(() => services.bench.cancel()),
      endStep: on.bench.endStep.handler(() => services.bench.endStep()),
      watchRuns: on.bench.watchRuns.handler(({ signal }) => services.bench.runs.watch(signal, 150)),
      show: on.bench.show.handler(({ input }) => services.bench.show(input.id)),
      showRequests: on.bench.showRequests.handler(({ input }) => services.bench.showRequests(input.id, input)),
      remove: on.bench.remove.handler(({ input }) => services.bench.remove(input.id)),
      restore: on.bench.restore.handler(({ input }) => services.bench.restore(input.id)),
      export: on.bench.export.handler(({ input }) => services.bench.export(input.id)),
    },
  })
}
