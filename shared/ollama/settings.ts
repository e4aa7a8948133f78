import { compareVersions, isAtLeast } from './version'

export type SettingKind =
  | { kind: 'count'; minimum: number; maximum: number }
  /** Go's durations (10m, 1h30m, 500ms), bare seconds, or -1 for ever. */
  | { kind: 'duration' }
  | { kind: 'bytes' }
  | { kind: 'switch' }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'folder' }
  | { kind: 'text'; pattern?: RegExp }

export type SettingGroup = 'requests' | 'memory' | 'files' | 'network' | 'diagnosis'

type SettingShape = SettingKind & {
  id: string
  variable: string
  group: SettingGroup
  /** Seldom needed: shown when asked for. */
  isAdvanced: boolean
  /** The first version that reads it, and the first that no longer does. */
  since?: string
  until?: string
  /** What holds when it is not set: a value, or a key of the page's texts in brackets. */
  defaultFor: (version: string) => string
}

/** Any other entry makes the server panic at its start: one star, or one of these schemes and none (seen on 0.5.12 and 0.32.15). */
const origin = '([^\\s,*]*\\*[^\\s,*]*|(https?|(chrome|safari|moz)-extension|ms-browser-extension)://[^\\s,*]+)'

const always = (value: string) => () => value

const known = [
  {
    id: 'parallel',
    variable: 'OLLAMA_NUM_PARALLEL',
    group: 'requests',
    isAdvanced: false,
    kind: 'count',
    minimum: 1,
    maximum: 64,
    defaultFor: (version) => (isAtLeast(version, '0.10.0') ? '1' : '[auto]'),
  },
  {
    id: 'contextLength',
    variable: 'OLLAMA_CONTEXT_LENGTH',
    group: 'requests',
    isAdvanced: false,
    kind: 'count',
    minimum: 4,
    maximum: 4_194_304,
    since: '0.5.13',
    defaultFor: (version) =>
      isAtLeast(version, '0.15.5') ? '[byMemory]' : isAtLeast(version, '0.6.7') ? '4096' : '2048',
  },
  {
    id: 'queue',
    variable: 'OLLAMA_MAX_QUEUE',
    group: 'requests',
    isAdvanced: false,
    kind: 'count',
    minimum: 1,
    maximum: 100_000,
    defaultFor: always('512'),
  },
  {
    id: 'loadedModels',
    variable: 'OLLAMA_MAX_LOADED_MODELS',
    group: 'memory',
    isAdvanced: false,
    kind: 'count',
    minimum: 1,
    maximum: 64,
    defaultFor: always('[threePerGpu]'),
  },
  {
    id: 'keepAlive',
    variable: 'OLLAMA_KEEP_ALIVE',
    group: 'memory',
    isAdvanced: false,
    kind: 'duration',
    defaultFor: always('5m'),
  },
  {
    id: 'flashAttention',
    variable: 'OLLAMA_FLASH_ATTENTION',
    group: 'memory',
    isAdvanced: false,
    kind: 'switch',
    defaultFor: (version) => (isAtLeast(version, '0.11.8') ? '[auto]' : '0'),
  },
  {
    id: 'keyValueType',
    variable: 'OLLAMA_KV_CACHE_TYPE',
    group: 'memory',
    isAdvanced: false,
    kind: 'choice',
    choices: ['f16', 'q8_0', 'q4_0'],
    defaultFor: always('f16'),
  },
  {
    id: 'spread',
    variable: 'OLLAMA_SCHED_SPREAD',
    group: 'memory',
    isAdvanced: true,
    kind: 'switch',
    defaultFor: always('0'),
  },
  {
    id: 'gpuOverhead',
    variable: 'OLLAMA_GPU_OVERHEAD',
    group: 'memory',
    isAdvanced: true,
    kind: 'bytes',
    defaultFor: always('0'),
  },
  {
    id: 'visibleGpus',
    variable: 'CUDA_VISIBLE_DEVICES',
    group: 'memory',
    isAdvanced: false,
    kind: 'text',
    pattern: /^(-1|\d+(,\d+)*|GPU-[\w-]+(,GPU-[\w-]+)*)$/,
    defaultFor: always('[all]'),
  },
  {
    id: 'modelsFolder',
    variable: 'OLLAMA_MODELS',
    group: 'files',
    isAdvanced: false,
    kind: 'folder',
    defaultFor: always('[home]'),
  },
  {
    id: 'noPrune',
    variable: 'OLLAMA_NOPRUNE',
    group: 'files',
    isAdvanced: true,
    kind: 'switch',
    defaultFor: always('0'),
  },
  {
    id: 'origins',
    variable: 'OLLAMA_ORIGINS',
    group: 'network',
    isAdvanced: false,
    kind: 'text',
    pattern: new RegExp(`^${origin}(,${origin})*$`),
    defaultFor: always('[localhost]'),
  },
  {
    id: 'proxy',
    variable: 'HTTPS_PROXY',
    group: 'network',
    isAdvanced: false,
    kind: 'text',
    pattern: /^(https?|socks5h?):\/\/\S+$/i,
    defaultFor: always('[none]'),
  },
  {
    id: 'noProxy',
    variable: 'NO_PROXY',
    group: 'network',
    isAdvanced: true,
    kind: 'text',
    pattern: /^\S+$/,
    defaultFor: always('[none]'),
  },
  {
    id: 'loadTimeout',
    variable: 'OLLAMA_LOAD_TIMEOUT',
    group: 'diagnosis',
    isAdvanced: true,
    kind: 'duration',
    defaultFor: always('5m'),
  },
  {
    id: 'library',
    variable: 'OLLAMA_LLM_LIBRARY',
    group: 'diagnosis',
    isAdvanced: true,
    kind: 'text',
    pattern: /^[\w.-]+$/,
    defaultFor: always('[auto]'),
  },
  {
    id: 'debug',
    variable: 'OLLAMA_DEBUG',
    group: 'diagnosis',
    isAdvanced: false,
    kind: 'switch',
    defaultFor: always('0'),
  },
] as const satisfies readonly SettingShape[]

export type SettingId = (typeof known)[number]['id']

export type Setting = SettingShape & { id: SettingId }

/** Every setting of `ollama serve` that has a form; from ollama.md, section 1. Host and port are fields of their own. */
export const settings: readonly Setting[] = known

export const settingById = (id: string): Setting | undefined => settings.find((setting) => setting.id === id)

/** Whether this version reads the variable at all; an older or newer one ignores it in silence. */
export function isKnownTo(setting: Setting, version: string | null): boolean {
  if (version === null) return true
  if (setting.since && compareVersions(version, setting.since) < 0) return false
  return !(setting.until && isAtLeast(version, setting.until))
}
