import type { FailureCode } from '../failure'
import type { SettingId } from './settings'

/** The settings that a failure comes from, and is ended by. */
export const blamedSettings: Partial<Record<FailureCode, readonly SettingId[]>> = {
  cacheNeedsFlash: ['flashAttention', 'keyValueType'],
  cacheTypeUnfit: ['keyValueType'],
  loadTimedOut: ['loadTimeout'],
}
