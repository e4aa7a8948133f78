import { type SettingId, settings } from '../../shared/ollama/settings'

export type SettingRowId = SettingId | 'host' | 'port'

/** Every row of the server's settings: its place below `/server/settings`, and its variable. */
export const settingRows: readonly { id: SettingRowId; variable: string }[] = [
  { id: 'host', variable: 'OLLAMA_HOST' },
  { id: 'port', variable: 'OLLAMA_HOST' },
  ...settings.map(({ id, variable }) => ({ id, variable })),
]

export const settingPlaces: readonly string[] = settingRows.map(({ id }) => id)

/** The rows of Corral's own settings, below `/settings`. */
export const preferencePlaces = ['language', 'theme', 'launch', 'quit', 'simulator'] as const

/** Below `/models`: the field that takes a name. A model's own name has a tag, so that the two cannot be mistaken. */
export const modelPlaces = ['pull'] as const
