import type { ServerSettings } from '../../../shared/ollama/chosen-settings'

/** Which rows of the settings are wished to be seen. */
export type SettingFilter = { words: string; onlyChanged: boolean; isAdvanced: boolean }

/** A row by what it can be found by. */
type Row = { id: string; isAdvanced: boolean; words: string }

/**
 * Whether a row is shown. Words find a row wherever it is; without them a row that is seldom needed shows when asked for,
 * or when it holds a value.
 */
export function isShown(row: Row, filter: SettingFilter, changed: ReadonlySet<string>, settings: ServerSettings) {
  if (filter.onlyChanged && !changed.has(row.id)) return false
  const wanted = filter.words.trim().toLowerCase()
  if (wanted !== '') return row.words.toLowerCase().includes(wanted)
  return filter.isAdvanced || !row.isAdvanced || changed.has(row.id) || settings.values[row.id] !== undefined
}
