import { create } from 'zustand'
import { isSameModel } from '../../../shared/ollama/model-name'

type Choice = {
  /** The model to begin with; null while nobody chose one. */
  toPull: string | null
  /** The model to ask first; null while nobody chose one. */
  toAsk: string | null
}

/** What the user chose in the first run; kept while the page lives, also when the server comes up with models of its own. */
export const firstModel = create<Choice>(() => ({ toPull: null, toAsk: null }))

/** What became of a choice: null where none was made. */
export function choiceAmong(toPull: string | null, installed: readonly { name: string }[]) {
  if (toPull === null) return null
  const found = installed.find(({ name }) => isSameModel(name, toPull))
  return { name: found?.name ?? toPull, isInstalled: found !== undefined }
}

/** Which of the installed models is asked first: as chosen here, else the one that was chosen to begin with, else in memory. */
export function modelToAsk<Model extends { name: string }>(
  models: readonly Model[],
  { toAsk, toPull }: Choice,
  isLoaded: (name: string) => boolean,
): string | null {
  const named = (wanted: string | null) => models.find(({ name }) => wanted !== null && isSameModel(name, wanted))
  return (named(toAsk) ?? named(toPull) ?? models.find(({ name }) => isLoaded(name)) ?? models[0])?.name ?? null
}
