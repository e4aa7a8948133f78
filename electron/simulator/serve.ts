import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { catalogue } from './catalogue'
import { isOldStyle, readConfiguration } from './configuration'
import { goDurationText, trimmed } from './go-values'
import { Log } from './log'
import { parseModelName } from './model-name'
import { ModelStore, manifestOf } from './model-store'
import { sendNothing } from './replies'
import { handle } from './routes'
import { Scheduler } from './scheduler'
import { readServeSettings, type ServeSettings } from './serve-settings'

/** `ollama serve`: binds, says what it read, looks for cards, then answers until it is told to end. */
export async function serve(): Promise<void> {
  const configuration = readConfiguration()
  const { version } = configuration
  const old = isOldStyle(version)
  const settings = readServeSettings(process.env, version, configuration.cards.length)
  const log = new Log(version, settings.isDebug)
  for (const { key, value, fallback } of settings.warnings) {
    const message =
      key === 'OLLAMA_HOST' ? 'invalid port, using default' : 'invalid environment variable, using default'
    log.warn(
      'config.go:70',
      message,
      key === 'OLLAMA_HOST' ? { port: value, default: fallback } : { key, value, default: fallback },
    )
  }
  if (!process.env.HOME && !process.env.USERPROFILE && !process.env.OLLAMA_MODELS) panic('$HOME is not defined')
  const badOrigin = settings.origins.find((origin) => !origin.includes('*') && !/^[a-z-]+:\/\//.test(origin))
  if (badOrigin) panic(`bad origin: origins must contain '*' or include a schema like "http://": ${badOrigin}`)

  const server = createServer()
  server.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(`Error: listen tcp ${settings.host}:${settings.port}: ${bindProblem(error, settings.host)}\n`)
    process.exit(1)
  })
  const isWildcard = settings.host === '0.0.0.0'
  await new Promise<void>((resolve) => server.listen(settings.port, isWildcard ? undefined : settings.host, resolve))

  sayConfiguration(log, settings, version)
  const store = openStore(settings.modelsFolder)
  const isNew = store.list().length === 0
  for (const name of isNew ? configuration.installed : []) {
    const model = catalogue.find((known) => known.name === name)
    const parsed = parseModelName(name)
    if (model && parsed) store.write(parsed, manifestOf(model))
  }
  const pruned = settings.keepsUnreferenced ? 0 : store.prune(old ? 0 : 3_600_000)
  if (!old) log.info('routes.go:1953', 'Ollama cloud disabled: false')
  if (!settings.keepsUnreferenced) {
    log.info('images.go:432', `total blobs: ${old ? store.list().length * 5 : 0}`)
    log.info('images.go:439', `total unused blobs removed: ${pruned}`)
  }
  const { port } = server.address() as AddressInfo
  log.info('routes.go:1256', `Listening on ${isWildcard ? '[::]' : settings.host}:${port} (version ${version})`)

  const scheduler = new Scheduler(configuration, settings, store, log)
  const simulated = { configuration, settings, store, scheduler, log }
  let isEnding = false
  const ready = discover(simulated.configuration.startDelayMs)
  server.on('request', (request, response) => {
    const beganAtMs = performance.now()
    response.on('close', () => {
      if (request.url?.startsWith('/simulator/')) return
      log.access(
        response.statusCode,
        performance.now() - beganAtMs,
        '127.0.0.1',
        request.method ?? 'GET',
        request.url ?? '/',
      )
    })
    void ready
      .then(() => handle(simulated, request, response))
      .catch((error: unknown) => {
        log.error('routes.go:1', String(error))
        if (!response.headersSent) sendNothing(response, 500)
        else response.destroy()
      })
  })
  server.keepAliveTimeout = 0
  server.requestTimeout = 0

  const end = (code: number) => {
    if (isEnding) return
    isEnding = true
    scheduler.close()
    server.close()
    server.closeAllConnections()
    process.exit(code)
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  if (configuration.faults.crashAfterMs != null) {
    setTimeout(
      () => panic('runtime error: invalid memory address or nil pointer dereference'),
      configuration.faults.crashAfterMs,
    )
  }
  await ready
  sayCards(log, configuration, settings)
}

const discover = (delayMs: number) => pause(delayMs)

function openStore(folder: string): ModelStore {
  try {
    return new ModelStore(folder)
  } catch (error) {
    process.stderr.write(
      `Error: mkdir ${folder}: ${(error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'not a directory' : 'permission denied'}\n`,
    )
    return process.exit(1)
  }
}

function panic(text: string): never {
  process.stderr.write(
    `panic: ${text}\n\ngoroutine 1 [running]:\nmain.main()\n\t/go/src/github.com/ollama/ollama/main.go:12 +0x1d\n`,
  )
  process.exit(2)
}

function bindProblem(error: NodeJS.ErrnoException, host: string) {
  if (error.code === 'EADDRINUSE') return 'bind: address already in use'
  if (error.code === 'EACCES') return 'bind: permission denied'
  if (error.code === 'EADDRNOTAVAIL') return 'bind: cannot assign requested address'
  return `lookup ${host}: no such host`
}

function sayConfiguration(log: Log, settings: ServeSettings, version: string) {
  const old = isOldStyle(version)
  const own = (key: string) => trimmed(process.env[key])
  const values: Record<string, string | number | boolean> = {
    CUDA_VISIBLE_DEVICES: own('CUDA_VISIBLE_DEVICES'),
    ...(old ? {} : { GGML_VK_VISIBLE_DEVICES: '' }),
    GPU_DEVICE_ORDINAL: own('GPU_DEVICE_ORDINAL'),
    HIP_VISIBLE_DEVICES: own('HIP_VISIBLE_DEVICES'),
    HSA_OVERRIDE_GFX_VERSION: own('HSA_OVERRIDE_GFX_VERSION'),
    HTTPS_PROXY: own('HTTPS_PROXY'),
    HTTP_PROXY: own('HTTP_PROXY'),
    ...(old ? {} : { LLAMA_ARG_FIT: '', LLAMA_ARG_FIT_TARGET: '' }),
    NO_PROXY: own('NO_PROXY'),
    ...(old ? {} : { OLLAMA_CONTEXT_LENGTH: settings.contextLength }),
    OLLAMA_DEBUG: old ? settings.isDebug : settings.isDebug ? 'DEBUG' : 'INFO',
    OLLAMA_FLASH_ATTENTION: settings.flashAttention === true,
    OLLAMA_GPU_OVERHEAD: settings.gpuOverheadBytes,
    OLLAMA_HOST: `http://${settings.host}:${settings.port}`,
    ...(old ? { OLLAMA_INTEL_GPU: false } : {}),
    OLLAMA_KEEP_ALIVE: goDurationText(settings.keepAliveMs),
    OLLAMA_KV_CACHE_TYPE: settings.keyValueType,
    OLLAMA_LLM_LIBRARY: own('OLLAMA_LLM_LIBRARY'),
    OLLAMA_LOAD_TIMEOUT: own('OLLAMA_LOAD_TIMEOUT') || '5m0s',
    OLLAMA_MAX_LOADED_MODELS: own('OLLAMA_MAX_LOADED_MODELS') || 0,
    OLLAMA_MAX_QUEUE: settings.maximumQueue,
    OLLAMA_MODELS: settings.modelsFolder,
    ...(old
      ? { OLLAMA_MULTIUSER_CACHE: false, OLLAMA_NEW_ENGINE: false }
      : { OLLAMA_NO_CLOUD: own('OLLAMA_NO_CLOUD') !== '' }),
    OLLAMA_NOHISTORY: false,
    OLLAMA_NOPRUNE: settings.keepsUnreferenced,
    OLLAMA_NUM_PARALLEL: settings.isParallelAuto && old ? 0 : settings.parallel,
    OLLAMA_ORIGINS: `[${[...settings.origins, 'http://localhost', 'https://localhost', 'http://localhost:*', 'app://*', 'file://*'].join(' ')}]`,
    OLLAMA_SCHED_SPREAD: settings.spreads,
    ROCR_VISIBLE_DEVICES: own('ROCR_VISIBLE_DEVICES'),
    http_proxy: own('http_proxy'),
    https_proxy: own('https_proxy'),
    no_proxy: own('no_proxy'),
  }
  const map = `map[${Object.entries(values)
    .map(([key, value]) => `${key}:${value}`)
    .join(' ')}]`
  if (old) log.plainLogger('INFO', 'routes.go:1205', `server config env="${map}"`)
  else log.info('routes.go:1951', 'server config', { env: map })
}

function sayCards(
  log: Log,
  { version, cards }: { version: string; cards: { uuid: string; name: string; memoryMebibytes: number }[] },
  settings: ServeSettings,
) {
  const old = isOldStyle(version)
  log.info('gpu.go:217', old ? 'looking for compatible GPUs' : 'discovering available GPUs...')
  if (cards.length === 0) {
    if (old) log.info('gpu.go:377', 'no compatible GPUs were discovered')
    log.info('types.go:130', 'inference compute', {
      id: old ? 0 : 'cpu',
      library: 'cpu',
      total: '125.6 GiB',
      available: '121.0 GiB',
    })
  }
  cards.forEach((card, index) => {
    const total = `${(card.memoryMebibytes / 1024).toFixed(1)} GiB`
    log.info(
      'types.go:130',
      'inference compute',
      old
        ? {
            id: card.uuid,
            library: 'cuda',
            variant: 'v12',
            compute: '8.9',
            driver: '13.0',
            name: card.name,
            total,
            available: '23.2 GiB',
          }
        : {
            id: index,
            filter_id: index,
            library: 'CUDA',
            compute: '8.9',
            name: `CUDA${index}`,
            description: card.name,
            libdirs: 'ollama,cuda_v13',
            driver: '13.0',
            pci_id: `0000:0${index + 1}:00.0`,
            type: 'discrete',
            total,
            available: '23.2 GiB',
          },
    )
  })
  if (old) return
  const gibibytes = cards.reduce((sum, card) => sum + card.memoryMebibytes, 0) / 1024
  log.info('routes.go:2058', 'vram-based default context', {
    total_vram: `${gibibytes.toFixed(1)} GiB`,
    default_num_ctx: settings.contextLength || (gibibytes >= 47 ? 262_144 : gibibytes >= 23 ? 32_768 : 4096),
  })
}
