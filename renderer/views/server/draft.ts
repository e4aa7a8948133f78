import { create } from 'zustand'
import type { ServerSettings } from '../../../shared/contract/server-settings'
import { settings } from '../../../shared/ollama/settings'

/** What the user has changed and not saved yet; it outlives the screen, not the page. */
type Draft = {
  draft: ServerSettings | null
  edit: (change: (settings: ServerSettings) => ServerSettings, saved: ServerSettings) => void
  discard: () => void
}

export const useDraft = create<Draft>((set) => ({
  draft: null,
  edit: (change, saved) => set(({ draft }) => ({ draft: change(draft ?? saved) })),
  discard: () => set({ draft: null }),
}))

/** The rows that two sets of settings differ in. */
export function changedRows(from: ServerSettings, to: ServerSettings): string[] {
  return [
    ...(from.host === to.host ? [] : ['host']),
    ...(from.port === to.port ? [] : ['port']),
    ...settings.filter(({ id }) => from.values[id] !== to.values[id]).map(({ id }) => id),
    ...(JSON.stringify(from.extra) === JSON.stringify(to.extra) ? [] : ['extra']),
  ]
}

/** Settings with one value changed; undefined leaves it to Ollama's default. */
export function withValue(settings: ServerSettings, id: string, value: string | undefined): ServerSettings {
  const { [id]: _, ...others } = settings.values
  return { ...settings, values: value === undefined || value === '' ? others : { ...others, [id]: value } }
}
