import { homedir } from 'node:os'
import { join } from 'node:path'
import { isOldStyle } from './configuration'
import { goCount, goDurationMs, goSwitch, trimmed } from './go-values'

export type ServeSettings = {
  host: string
  port: number
  modelsFolder: string
  parallel: number
  isParallelAuto: boolean
  maximumLoaded: number
  maximumQueue: number
  keepAliveMs: number
  contextLength: number
  flashAttention: boolean | null
  keyValueType: string
  spreads: boolean
  gpuOverheadBytes: number
  keepsUnreferenced: boolean
  isDebug: boolean
  origins: string[]
  visibleDevices: string | null
  /** Values it could not read and replaced by its default. */
  warnings: { key: string; value: string; fallback: string | number }[]
}

/** The environment as `ollama serve` reads it: what does not parse is replaced in silence or with a warning, never refused. */
export function readServeSettings(environment: NodeJS.ProcessEnv, version: string, cardCount: number): ServeSettings {
  const old = isOldStyle(version)
  const warnings: ServeSettings['warnings'] = []
  const count = (key: string, fallback: number) => {
    const text = trimmed(environment[key])
    if (text === '') return fallback
    const value = goCount(text)
    if (value === null) warnings.push({ key, value: text, fallback })
    return value ?? fallback
  }
  const { host, port, invalidPort } = readHost(trimmed(environment.OLLAMA_HOST))
  if (invalidPort !== null) warnings.push({ key: 'OLLAMA_HOST', value: invalidPort, fallback: 11434 })
  const parallel = count('OLLAMA_NUM_PARALLEL', old ? 0 : 1)
  const maximumLoaded = count('OLLAMA_MAX_LOADED_MODELS', 0)
  return {
    host,
    port,
    modelsFolder: trimmed(environment.OLLAMA_MODELS) || join(environment.HOME ?? homedir(), '.ollama', 'models'),
    parallel: parallel || (old ? 4 : 1),
    isParallelAuto: parallel === 0,
    maximumLoaded: maximumLoaded || 3 * Math.max(1, cardCount),
    maximumQueue: count('OLLAMA_MAX_QUEUE', 512),
    keepAliveMs: goDurationMs(environment.OLLAMA_KEEP_ALIVE) ?? 300_000,
    contextLength: old ? 0 : count('OLLAMA_CONTEXT_LENGTH', 0),
    flashAttention:
      trimmed(environment.OLLAMA_FLASH_ATTENTION) === '' ? null : goSwitch(environment.OLLAMA_FLASH_ATTENTION),
    keyValueType: trimmed(environment.OLLAMA_KV_CACHE_TYPE).toLowerCase(),
    spreads: goSwitch(environment.OLLAMA_SCHED_SPREAD),
    gpuOverheadBytes: count('OLLAMA_GPU_OVERHEAD', 0),
    keepsUnreferenced: goSwitch(environment.OLLAMA_NOPRUNE),
    isDebug: goSwitch(environment.OLLAMA_DEBUG),
    origins: trimmed(environment.OLLAMA_ORIGINS).split(',').filter(Boolean),
    visibleDevices: environment.CUDA_VISIBLE_DEVICES ?? null,
    warnings,
  }
}

/** OLLAMA_HOST: an invalid port does not stop the server, it lands on the default one. */
function readHost(text: string): { host: string; port: number; invalidPort: string | null } {
  const [scheme, rest] = text.includes('://') ? (text.split('://', 2) as [string, string]) : [null, text]
  const defaultPort = scheme === 'http' ? 80 : scheme === 'https' ? 443 : 11434
  const address = rest.replace(/\/.*$/, '')
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(address)
  const colonCount = address.split(':').length - 1
  const [host, portText] = bracketed
    ? [bracketed[1] ?? '', bracketed[2]]
    : colonCount === 1
      ? (address.split(':', 2) as [string, string])
      : [address, undefined]
  if (portText === undefined) return { host: host || '127.0.0.1', port: defaultPort, invalidPort: null }
  const port = Number(portText)
  const isValid = /^\d+$/.test(portText) && port <= 65535
  return { host: host || '0.0.0.0', port: isValid ? port : defaultPort, invalidPort: isValid ? null : portText }
}
