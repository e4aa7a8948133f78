import { goBytes, goDurationText } from '../manners/go-values'
import type { Log } from '../manners/log'
import type { LoadStory } from '../scheduling/load-story'
import type { LoadedModel } from '../scheduling/loaded-model'

/** What each version adds under OLLAMA_DEBUG, at the moments that matter; the search for cards in short. */
export function debugListening(log: Log, old: boolean): void {
  log.debug(old ? 'sched.go:106' : 'sched.go:215', 'starting llm scheduler')
  if (old) return
  log.debug('model_show_cache.go:140', 'skipping model show cloud cache hydration because cloud is disabled')
  log.debug('model_recommendations.go:244', 'model recommendations snapshot not found', { path: 'cache' })
  log.debug('model_recommendations.go:165', 'skipping model recommendations refresh because cloud is disabled')
}

/** Before it listens. */
export function debugCaches(log: Log): void {
  log.debug('model_recommendations.go:57', 'starting model recommendations cache', {
    default_recommendations: 6,
    refresh_interval: '4h0m0s',
    fetch_timeout: '3s',
  })
  log.debug('model_show_cache.go:128', 'starting model show cache')
  log.debug('model_list_cache.go:71', 'starting model list cache')
}

export function debugDiscovery(log: Log, old: boolean, cardCount: number): void {
  if (!old) {
    const libDirs = '[/usr/local/lib/ollama]'
    log.debug('llama_server.go:121', 'llama-server discovery: stopped subprocess after collecting GPU info', {
      exit: 'unknown',
      libDirs,
    })
    log.debug('llama_server.go:52', 'llama-server device discovery took', { duration: '55.052322ms', libDirs })
    log.debug('runner.go:494', 'bootstrap discovery took', {
      duration: '55.218733ms',
      OLLAMA_LIBRARY_PATH: libDirs,
      extra_envs: 'map[]',
    })
    log.debug('runner.go:131', 'evaluating which, if any, devices to filter out', { initial_count: cardCount })
    log.debug('runner.go:42', 'GPU bootstrap discovery took', { duration: '55.412429ms' })
    return
  }
  log.debug('gpu.go:98', 'searching for GPU discovery libraries for NVIDIA')
  for (const name of ['libcuda.so*', 'libcudart.so*']) {
    log.debug('gpu.go:501', 'Searching for GPU library', { name })
    log.debug('gpu.go:525', 'gpu library search', {
      globs: `[/usr/local/lib/ollama/${name} /usr/lib/*-linux-gnu/${name}]`,
    })
    log.debug('gpu.go:558', 'discovered GPU libraries', { paths: cardCount > 0 ? `[/usr/lib/${name}]` : '[]' })
    if (cardCount > 0) return
  }
  log.debug('amd_linux.go:419', 'amdgpu driver not detected /sys/module/amdgpu')
}

export function debugLoadBegins(log: Log, old: boolean, story: LoadStory): void {
  const count = story.settings.visibleCards.length
  const concurrency = 3 * Math.max(1, count)
  if (!old) {
    log.debug('runner.go:272', 'refreshing free memory')
    log.debug('runner.go:42', 'overall device VRAM discovery took', { duration: '29.75µs' })
    log.debug('sched.go:290', 'updating default concurrency', {
      OLLAMA_MAX_LOADED_MODELS: concurrency,
      gpu_count: count,
    })
    if (story.loadedCount === 0) log.debug('sched.go:299', 'loading first model', { model: story.weightsFile })
    return
  }
  debugOldMemory(log, story)
  log.debug('sched.go:182', 'updating default concurrency', {
    OLLAMA_MAX_LOADED_MODELS: concurrency,
    gpu_count: Math.max(1, count),
  })
  log.debug('sched.go:212', 'cpu mode with first model, loading')
  debugOldMemory(log, story)
}

function debugOldMemory(log: Log, { configuration: { hostMemoryGibibytes } }: LoadStory): void {
  const total = `${hostMemoryGibibytes.toFixed(1)} GiB`
  const free = `${(hostMemoryGibibytes - 0.6).toFixed(1)} GiB`
  log.debug('gpu.go:391', 'updating system memory data', {
    'before.total': total,
    'before.free': free,
    'before.free_swap': '0 B',
    'now.total': total,
    'now.free': free,
    'now.free_swap': '0 B',
  })
}

export const debugOldEstimate = (log: Log, { plan, settings }: LoadStory): void =>
  log.debug('memory.go:108', 'evaluating', {
    library: plan.fit === 'host' ? 'cpu' : 'cuda',
    gpu_count: Math.max(1, settings.visibleCards.length),
    available: `[${plan.freeBytes.map(goBytes).join(' ')}]`,
  })

export function debugOldLibraries(log: Log, { plan }: LoadStory): void {
  const library = plan.fit === 'host' ? 'cpu' : 'cuda'
  log.debug('server.go:259', 'compatible gpu libraries', { compatible: library === 'cpu' ? '[]' : '[cuda_v12]' })
  log.debug('gpu.go:695', `no filter required for library ${library}`)
}

export function debugSpawn(log: Log, old: boolean): void {
  const path = 'PATH=/usr/bin:/bin LD_LIBRARY_PATH=/usr/local/lib/ollama'
  if (old) log.debug('server.go:398', 'subprocess', { environment: `[${path}]` })
  else
    log.debug('llama_server.go:434', 'subprocess', { PATH: '/usr/bin:/bin', LD_LIBRARY_PATH: '/usr/local/lib/ollama' })
}

const runnerValues = ({ model, options, plan, weightsFile }: LoadStory, pid: number) => ({
  'runner.name': `registry.ollama.ai/library/${model.name}`,
  'runner.size': goBytes(plan.sizeBytes),
  'runner.vram': goBytes(plan.vramBytes),
  'runner.parallel': plan.parallel,
  'runner.pid': pid,
  'runner.model': weightsFile,
  'runner.num_ctx': options.contextLength,
})

export function debugReady(log: Log, old: boolean, { story, child }: LoadedModel): void {
  if (old) log.debug('sched.go:463', 'finished setting up runner', { model: story.weightsFile })
  else log.debug('sched.go:740', 'finished setting up', runnerValues(story, child.pid ?? 0))
}

export function debugAnswerBegins(log: Log, old: boolean, prompt: string, promptTokens: number, known: number): void {
  if (!old) {
    log.debug('llama_server.go:1529', 'llama-server completion request', { media: 0, prompt_len: prompt.length })
    return
  }
  log.debug('routes.go:289', 'generate request', { images: 0, prompt })
  log.debug('cache.go:104', 'loading cache slot', {
    id: 0,
    cache: known,
    prompt: promptTokens,
    used: known,
    remaining: promptTokens - known,
  })
}

/** A request has let go of its model. */
export function debugGivenBack(log: Log, old: boolean, { story, child, keepAliveMs, userCount }: LoadedModel): void {
  const who = old ? { modelPath: story.weightsFile } : runnerValues(story, child.pid ?? 0)
  log.debug(old ? 'sched.go:467' : 'sched.go:748', 'context for request finished')
  if (userCount === 0 && keepAliveMs > 0) {
    log.debug(old ? 'sched.go:340' : 'sched.go:394', 'runner with non-zero duration has gone idle, adding timer', {
      ...who,
      duration: goDurationText(keepAliveMs),
    })
  }
  log.debug(old ? 'sched.go:358' : 'sched.go:412', 'after processing request finished event', {
    ...who,
    refCount: userCount,
  })
}

/** Everything ends: the loops first, then the runners. */
export function debugEnd(log: Log, old: boolean, loaded: readonly LoadedModel[]): void {
  log.debug(old ? 'sched.go:319' : 'sched.go:372', 'shutting down scheduler completed loop')
  for (const { story, child } of loaded) {
    const pid = old ? {} : { pid: child.pid ?? 0 }
    log.debug(old ? 'sched.go:799' : 'sched.go:1707', 'shutting down runner', { model: story.weightsFile })
    log.debug(old ? 'server.go:1081' : 'llama_server.go:2580', `stopping ${old ? 'llama server' : 'llama-server'}`, pid)
  }
  if (old) for (const _ of loaded) log.debug('server.go:1087', 'waiting for llama server to exit')
  log.debug(old ? 'sched.go:120' : 'sched.go:231', 'shutting down scheduler pending loop')
  for (const { child } of loaded) {
    if (!old) log.debug('llama_server.go:2585', 'waiting for llama-server to exit', { pid: child.pid ?? 0 })
    if (old) log.debug('server.go:1091', 'llama server stopped')
    else log.debug('llama_server.go:2588', 'llama-server stopped', { pid: child.pid ?? 0 })
  }
}
