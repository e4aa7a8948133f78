import { answersQuestions } from '../../../../shared/ollama/answers-questions'
import { models } from '../../../stores/models'

export type BenchModels = {
  /** Names that can be measured, those in memory first. */
  names: string[]
  /** Why there is nothing to measure; null when there is, or while it is not known. */
  blocked: 'no-server' | 'no-model' | null
}

/** The models that generate text, as the server lists them now. */
export function useBenchModels(): BenchModels {
  const value = models.useValue()
  const loaded = new Set(value?.loaded.map(({ name }) => name))
  const names = (value?.installed ?? [])
    .filter(answersQuestions)
    .map(({ name }) => name)
    .sort((a, b) => Number(loaded.has(b)) - Number(loaded.has(a)) || a.localeCompare(b))
  if (!value || value.state === 'loading' || value.state === 'failed') return { names, blocked: null }
  if (value.state === 'no-server') return { names, blocked: 'no-server' }
  return { names, blocked: names.length === 0 ? 'no-model' : null }
}
