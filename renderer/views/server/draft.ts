import { create } from 'zustand'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { environmentOf } from '../../../shared/ollama/setting-values'
import { settings } from '../../../shared/ollama/settings'

/** What the user has changed and not saved yet; it outlives the screen, not the page. */
type Draft = {
  draft: ServerSettings | null
  /** The port as it was typed, where it is no port: the settings hold a number. */
  typedPort: string | null
  edit: (change: (settings: ServerSettings) => ServerSettings, saved: ServerSettings) => void
  typePort: (text: string, saved: ServerSettings) => void
  discard: () => void
}

export const useDraft = create<Draft>((set) => ({
  draft: null,
  typedPort: null,
  edit: (change, saved) => set(({ draft }) => ({ draft: change(draft ?? saved) })),
  typePort: (text, saved) =>
    set(({ draft }) => ({
      draft: { ...(draft ?? saved), port: portIn(text) },
      typedPort: text === String(portIn(text)) ? null : text,
    })),
  discard: () => set({ draft: null, typedPort: null }),
}))

/** 0 stands for what is no port. */
const portIn = (text: string) => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : 0)

/** Variables that were named; a row that was only begun is none. */
const named = (extra: ServerSettings['extra']) => extra.filter(({ name, value }) => name !== '' || value !== '')

/** Settings as they are saved: without rows that say nothing. */
export const withoutEmptyRows = (settings: ServerSettings): ServerSettings => ({
  ...settings,
  extra: named(settings.extra),
})

/** The rows that two sets of settings differ in. */
export function changedRows(from: ServerSettings, to: ServerSettings): string[] {
  return [
    ...(from.host === to.host ? [] : ['host']),
    ...(from.port === to.port ? [] : ['port']),
    ...settings.filter(({ id }) => from.values[id] !== to.values[id]).map(({ id }) => id),
    ...(JSON.stringify(named(from.extra)) === JSON.stringify(named(to.extra)) ? [] : ['extra']),
  ]
}

/** Settings with one value changed; undefined leaves it to Ollama's default. */
export function withValue(settings: ServerSettings, id: string, value: string | undefined): ServerSettings {
  const { [id]: _, ...others } = settings.values
  return { ...settings, values: value === undefined || value === '' ? others : { ...others, [id]: value } }
}

export type ChangedLine = { change: 'removed' | 'added'; text: string }

/** What differs in the environment of a server that is started with one and the other, as in a diff. */
export function changedLines(from: ServerSettings, to: ServerSettings): ChangedLine[] {
  const [before, after] = [from, to].map((settings) =>
    environmentOf(settings).map(({ name, value }) => ({ name, text: `${name}=${value}` })),
  )
  const without = (lines: typeof before = [], others: typeof before = []) =>
    lines.filter(({ text }) => !others.some((other) => other.text === text))
  const removed = without(before, after)
  const added = without(after, before)
  const pairs = removed.flatMap(({ name, text }): ChangedLine[] => [
    { change: 'removed', text },
    ...added.filter((line) => line.name === name).map((line): ChangedLine => ({ change: 'added', text: line.text })),
  ])
  const isNew = ({ name }: { name: string }) => !removed.some((line) => line.name === name)
  return [...pairs, ...added.filter(isNew).map(({ text }): ChangedLine => ({ change: 'added', text }))]
}
