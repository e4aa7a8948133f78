import { homedir } from 'node:os'
import { join } from 'node:path'
import type { SimulatedCard } from '../../configuration'
import { goCount, goDurationMs, goSwitch, trimmed } from './go-values'
import { type HostAddress, readHostAddress } from './host-address'
import { isOldStyle } from './version-style'

export type InvalidValue = { key: string; value: string; fallback: number }

export type ServeSettings = {
  address: HostAddress
  modelsFolder: string
  /** As asked; 0 leaves it to the server. */
  parallel: number
  maximumLoaded: number
  maximumQueue: number
  keepAliveMs: number
  loadTimeoutMs: number
  contextLength: number
  /** Null where it is not said: off in the old version, automatic in the new one. */
  flashAttention: boolean | null
  keyValueType: string
  spreads: boolean
  gpuOverheadBytes: number
  keepsUnreferenced: boolean
  isDebug: boolean
  isCloudOff: boolean
  origins: string[]
  /** The cards that CUDA_VISIBLE_DEVICES leaves, by their places. */
  visibleCards: number[]
  invalid: InvalidValue[]
}

/** The environment as `ollama serve` reads it: what does not parse is replaced in silence or with a warning, never refused. */
export function readServeSettings(
  environment: NodeJS.ProcessEnv,
  version: string,
  cards: readonly SimulatedCard[],
): ServeSettings {
  const old = isOldStyle(version)
  const own = (key: string) => trimmed(environment[key])
  const invalid: InvalidValue[] = []
  const count = (key: string, fallback: number) => {
    const text = own(key)
    if (text === '') return fallback
    const value = goCount(text)
    if (value === null) invalid.push({ key, value: text, fallback })
    return value ?? fallback
  }
  const address = readHostAddress(own('OLLAMA_HOST'))
  const loadTimeoutMs = goDurationMs(environment.OLLAMA_LOAD_TIMEOUT) ?? 300_000
  return {
    address,
    modelsFolder: own('OLLAMA_MODELS') || join(environment.HOME ?? homedir(), '.ollama', 'models'),
    parallel: count('OLLAMA_NUM_PARALLEL', old ? 0 : 1),
    maximumLoaded: count('OLLAMA_MAX_LOADED_MODELS', 0),
    maximumQueue: count('OLLAMA_MAX_QUEUE', 512),
    keepAliveMs: goDurationMs(environment.OLLAMA_KEEP_ALIVE) ?? 300_000,
    loadTimeoutMs: loadTimeoutMs <= 0 ? Number.POSITIVE_INFINITY : loadTimeoutMs,
    contextLength: old ? 0 : count('OLLAMA_CONTEXT_LENGTH', 0),
    flashAttention: own('OLLAMA_FLASH_ATTENTION') === '' ? null : goSwitch(environment.OLLAMA_FLASH_ATTENTION),
    keyValueType: own('OLLAMA_KV_CACHE_TYPE').toLowerCase(),
    spreads: goSwitch(environment.OLLAMA_SCHED_SPREAD),
    gpuOverheadBytes: count('OLLAMA_GPU_OVERHEAD', 0),
    keepsUnreferenced: goSwitch(environment.OLLAMA_NOPRUNE),
    isDebug: goSwitch(environment.OLLAMA_DEBUG),
    isCloudOff: goSwitch(environment.OLLAMA_NO_CLOUD),
    origins: own('OLLAMA_ORIGINS').split(',').filter(Boolean),
    visibleCards: visibleCards(environment.CUDA_VISIBLE_DEVICES, cards),
    invalid,
  }
}

/** As the driver's library reads it: places or UUIDs (their beginnings will do), the list ends at the first it does not know. */
function visibleCards(text: string | undefined, cards: readonly SimulatedCard[]): number[] {
  const all = cards.map((_, index) => index)
  if (text === undefined || text.trim() === '') return all
  const chosen: number[] = []
  for (const token of text.split(',').map((part) => part.trim())) {
    const place = /^\d+$/.test(token)
      ? Number(token)
      : token.startsWith('GPU-')
        ? cards.findIndex((card) => card.uuid.startsWith(token))
        : -1
    if (!all.includes(place)) break
    chosen.push(place)
  }
  return chosen
}
