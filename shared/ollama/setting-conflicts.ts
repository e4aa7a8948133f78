import type { ServerSettings } from './chosen-settings'
import { isKnownTo, type Setting, type SettingId, settings } from './settings'
import { readValue } from './value-reading'
import { isAtLeast } from './version'

/** What comes of settings that do not go together: no model loads, or one of them does nothing. A key of the page's texts. */
export type ConflictId =
  | 'cacheWithoutFlash'
  | 'cacheFallsBack'
  | 'cacheNeedsFlashOn'
  | 'noVisibleGpu'
  | 'spreadOverOne'
  | 'proxyUnused'

export type SettingConflict = {
  id: ConflictId
  /** The rows it is told at; the first is the one to change. */
  rows: readonly SettingId[]
  /** No model loads with it; else one of the rows has no effect. */
  isFatal: boolean
}

/** llama-server reads it where Ollama hands on no type (seen on 0.33.0). */
const llamaCacheType = 'LLAMA_ARG_CACHE_TYPE_V'

type Value = (id: SettingId) => string | null

type Rule = Omit<SettingConflict, 'isFatal'> & {
  isFatal?: true
  holds: (value: Value, version: string) => boolean
}

const isQuantized = (value: Value) => !['f16', 'f32', 'bf16', null].includes(value('keyValueType'))
/** One card, by its number or its UUID; -1 is none. */
const isOneCard = (text: string | null) => text !== null && text !== '-1' && !text.includes(',')

const rules: readonly Rule[] = [
  {
    // Handed on as they are since 0.30: llama-server ends at each load (seen on 0.33.0).
    id: 'cacheWithoutFlash',
    rows: ['flashAttention', 'keyValueType'],
    isFatal: true,
    holds: (value, version) => isAtLeast(version, '0.30.0') && value('flashAttention') === '0' && isQuantized(value),
  },
  {
    id: 'cacheFallsBack',
    rows: ['flashAttention', 'keyValueType'],
    holds: (value, version) => !isAtLeast(version, '0.30.0') && value('flashAttention') === '0' && isQuantized(value),
  },
  {
    id: 'cacheNeedsFlashOn',
    rows: ['flashAttention', 'keyValueType'],
    holds: (value, version) => !isAtLeast(version, '0.11.8') && value('flashAttention') === null && isQuantized(value),
  },
  {
    id: 'noVisibleGpu',
    rows: ['spread'],
    holds: (value) => value('visibleGpus') === '-1' && value('spread') === '1',
  },
  {
    id: 'noVisibleGpu',
    rows: ['gpuOverhead'],
    holds: (value) => value('visibleGpus') === '-1' && Number(value('gpuOverhead') ?? 0) > 0,
  },
  {
    id: 'noVisibleGpu',
    rows: ['library'],
    holds: (value) => value('visibleGpus') === '-1' && /^(cuda|rocm|vulkan)/i.test(value('library') ?? ''),
  },
  {
    id: 'spreadOverOne',
    rows: ['spread'],
    holds: (value) => value('spread') === '1' && isOneCard(value('visibleGpus')),
  },
  {
    id: 'proxyUnused',
    rows: ['noProxy'],
    holds: (value) => value('proxy') !== null && (value('noProxy') ?? '').split(',').includes('*'),
  },
]

/** Settings that do not go together in this version of Ollama, the fatal ones first; null stands for the newest version. */
export function findConflicts(chosen: ServerSettings, ofVersion: string | null): SettingConflict[] {
  const version = ofVersion ?? newest
  const value = (id: SettingId) => valueIn(chosen, id, version)
  return rules
    .filter(({ holds }) => holds(value, version))
    .map(({ id, rows, isFatal = false }) => ({ id, rows, isFatal }))
    .sort((left, right) => Number(right.isFatal) - Number(left.isFatal))
}

/** As a build from source calls itself. */
const newest = '0.0.0'

/** A value as the server would read it; null where it is not set, not readable, or not known to the version. */
function valueIn(chosen: ServerSettings, id: SettingId, version: string): string | null {
  const inherited = id === 'keyValueType' && isAtLeast(version, '0.30.0') ? llamaCacheType : null
  const text = chosen.values[id] ?? chosen.extra.find(({ name }) => name === inherited)?.value
  const setting: Setting | undefined = settings.find((one) => one.id === id)
  if (text === undefined || !setting || !isKnownTo(setting, version)) return null
  const reading = readValue(setting, text, version)
  return reading.is === 'read' ? reading.value : null
}
