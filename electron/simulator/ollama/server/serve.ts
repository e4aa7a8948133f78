import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MachineFolder } from '../../cards/machine-folder'
import { setNvidiaSmiFault } from '../../cards/nvidia-smi-fault'
import { WorkReport } from '../../cards/work-report'
import { type Configuration, readConfiguration } from '../../configuration'
import { Gate } from '../../engine/gate'
import { SentRecords } from '../../engine/sent-records'
import { sendNothing } from '../../http/replies'
import type { Simulated } from '../api/simulated-server'
import { debugCaches, debugDiscovery, debugListening } from '../log/debug-log'
import { loadTeller } from '../log/load-teller'
import { goBytes } from '../manners/go-values'
import { isEveryInterface, listeningAddress } from '../manners/host-address'
import { Log } from '../manners/log'
import { readServeSettings, type ServeSettings } from '../manners/serve-settings'
import { isOldStyle } from '../manners/version-style'
import { libraryModel } from '../models/library'
import { manifestOf } from '../models/manifest'
import { parseModelName } from '../models/model-name'
import { ModelStore } from '../models/model-store'
import { Puller } from '../models/pull'
import { defaultContextOf, tierBytes } from '../scheduling/card-memory'
import { Loader } from '../scheduling/loader'
import { Scheduler } from '../scheduling/scheduler'
import { allowedOrigins, badOrigin, Callers } from './callers'
import { sayConfiguration } from './configuration-line'
import { bindProblem, fail, folderProblem, panic } from './failed-start'
import { announceFirstStart } from './identity'
import { handle } from './routes'
import { sayCards, sayVisibleOverride, warnOfInvalidCounts, warnOfInvalidPort } from './start-log'

const longestEndMs = 300

/** `ollama serve`: binds, says what it read, looks for cards, then answers until it is told to end. */
export async function serve(): Promise<void> {
  const configuration = readConfiguration()
  const old = isOldStyle(configuration.version)
  const settings = readServeSettings(process.env, configuration.version, configuration.cards)
  const log = new Log(configuration.version, settings.isDebug)
  if (!process.env.HOME && !process.env.USERPROFILE && !process.env.OLLAMA_MODELS) panic('$HOME is not defined')
  const store = openStore(settings.modelsFolder)
  announceFirstStart(settings.modelsFolder)
  warnOfInvalidPort(log, settings, 2)
  warnOfInvalidCounts(log, settings, 1)
  const bad = badOrigin(settings.origins)
  if (bad) panic(`bad origin: origins must contain '*' or include a schema like "http://": ${bad}`)

  const server = createServer()
  const { port } = await listen(server, settings)
  if (!old) log.setUp()
  warnOfInvalidPort(log, settings, 1)
  warnOfInvalidCounts(log, settings, 1)
  sayConfiguration(log, settings, configuration.version)
  if (!old) log.info('routes.go:1953', `Ollama cloud disabled: ${settings.isCloudOff}`)
  install(store, configuration)
  prune(store, settings, log, old)
  const { host } = settings.address
  if (!old) debugCaches(log)
  log.infoAt(
    { old: 'routes.go:1256', new: 'routes.go:2008' },
    `Listening on ${listeningAddress(host, port)} (version ${configuration.version})`,
  )

  const simulated = assemble(configuration, settings, store, log)
  const callers = new Callers(host, allowedOrigins(settings.origins, old), old)
  const ready = discover(simulated)
  const open = answerRequests(server, simulated, callers, ready)
  endOnSignals(server, simulated, open)
  simulated.changeFaults(configuration.faults)
  await ready
}

type Assembled = Simulated & { close(): void }

function assemble(configuration: Configuration, settings: ServeSettings, store: ModelStore, log: Log): Assembled {
  const machine = configuration.stateFolder ? new MachineFolder(configuration.stateFolder) : null
  machine?.tidy()
  const teller = loadTeller(log, configuration.version)
  const loader = new Loader(configuration, settings, store, teller, machine)
  const scheduler = new Scheduler(configuration, settings, loader, teller)
  const report = machine ? new WorkReport(machine, configuration, scheduler.loaded) : null
  const puller = new Puller(configuration, store, log)
  const gate = new Gate()
  let crash: NodeJS.Timeout | null = null
  return {
    configuration,
    settings,
    store,
    log,
    scheduler,
    puller,
    sent: new SentRecords(),
    gate,
    changeFaults(faults) {
      configuration.faults = faults
      if (crash) clearTimeout(crash)
      const { crashAfterMs, crashText, crashExitCode } = faults
      const text = crashText ?? 'runtime error: invalid memory address or nil pointer dereference'
      crash = crashAfterMs == null ? null : setTimeout(() => panic(text, crashExitCode ?? 2), crashAfterMs)
      if (machine) setNvidiaSmiFault(machine, faults.nvidiaSmi ?? null)
      gate.open()
    },
    close() {
      if (crash) clearTimeout(crash)
      puller.close()
      scheduler.close()
      report?.close()
    },
  }
}

function openStore(folder: string): ModelStore {
  try {
    return new ModelStore(folder)
  } catch (error) {
    return fail(folderProblem(error as NodeJS.ErrnoException))
  }
}

function listen(server: Server, { address: { host, port } }: ServeSettings): Promise<AddressInfo> {
  return new Promise((resolve) => {
    server.once('error', (error) => fail(bindProblem(error, host, `${host}:${port}`)))
    server.listen(port, isEveryInterface(host) ? undefined : host, () => resolve(server.address() as AddressInfo))
  })
}

/** What the configuration wants to be there, at the first start of an empty folder. */
function install(store: ModelStore, configuration: Configuration) {
  if (store.list().length > 0) return
  for (const text of [...configuration.installed].reverse()) {
    const name = parseModelName(text)
    const model = name ? libraryModel(configuration, name) : null
    if (name && model) store.write(name, manifestOf(model))
  }
}

function prune(store: ModelStore, settings: ServeSettings, log: Log, old: boolean) {
  if (settings.keepsUnreferenced) return
  const { total, removed } = store.blobs.prune(store.referenced(), old ? 0 : 3_600_000)
  log.infoAt({ old: 'images.go:432', new: 'images.go:919' }, `total blobs: ${old ? total : 0}`)
  log.infoAt({ old: 'images.go:439', new: 'images.go:926' }, `total unused blobs removed: ${removed}`)
}

/** The search for cards; until it ends connections are taken, but nothing is answered. */
async function discover({ configuration, settings, store, log }: Simulated): Promise<void> {
  const old = isOldStyle(configuration.version)
  debugListening(log, old)
  if (!old) {
    log.info('model_recommendations.go:177', 'model recommendations cache sleep scheduled', {
      wait: '3h30m37.666415491s',
      consecutive_failures: 0,
    })
    log.info('model_list_cache.go:112', 'model list cache hydration complete', {
      models: store.list().length,
      failures: 0,
      elapsed: '445.426µs',
    })
  }
  log.infoAt(
    { old: 'gpu.go:217', new: 'runner.go:60' },
    old ? 'looking for compatible GPUs' : 'discovering available GPUs...',
  )
  if (!old) {
    warnOfInvalidPort(log, settings, 1)
    warnOfInvalidCounts(log, settings, 1)
    sayVisibleOverride(log)
  }
  await new Promise((resolve) => setTimeout(resolve, configuration.startDelayMs))
  debugDiscovery(log, old, settings.visibleCards.length)
  sayCards(log, configuration, settings)
  if (old) return
  const cards = settings.visibleCards.flatMap((place) => configuration.cards[place] ?? [])
  const bytes = tierBytes(cards, settings.gpuOverheadBytes)
  log.info('routes.go:2058', 'vram-based default context', {
    total_vram: goBytes(bytes),
    default_num_ctx: defaultContextOf(bytes),
  })
}

/** Gives the requests under way. */
function answerRequests(server: Server, simulated: Simulated, callers: Callers, ready: Promise<void>) {
  const open = new Set<ServerResponse>()
  server.keepAliveTimeout = 0
  server.requestTimeout = 0
  server.on('request', (request, response) => {
    const beganAtMs = performance.now()
    const gone = new AbortController()
    response.removeHeader('Connection') // Go's server says nothing of it
    open.add(response)
    response.on('close', () => {
      open.delete(response)
      gone.abort()
      const path = request.url ?? '/'
      if (path.startsWith('/simulator/')) return
      const address = (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '')
      const durationMs = performance.now() - beganAtMs
      simulated.log.access(
        response.statusCode,
        durationMs,
        address,
        request.method ?? 'GET',
        path.replace(/\?.*$/s, ''),
      )
    })
    void ready
      .then(() => handle(simulated, callers, request, response, gone.signal))
      .catch((error: unknown) => {
        if (gone.signal.aborted) return
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
        if (response.headersSent) response.destroy()
        else sendNothing(response, 500)
      })
  })
  return open
}

function endOnSignals(server: Server, simulated: Assembled, open: ReadonlySet<ServerResponse>) {
  const end = () => {
    simulated.close()
    server.close()
    server.closeAllConnections()
    // The requests that were cut are still written down.
    const deadlineMs = performance.now() + longestEndMs
    const exit = () => (open.size === 0 || performance.now() > deadlineMs ? process.exit(0) : setTimeout(exit, 2))
    exit()
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}
