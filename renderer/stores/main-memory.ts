import { mainMemoryShare } from '../../shared/ollama/held-memory'
import { gpus } from './gpus'
import { models } from './models'

/**
 * How much of this model lies in main memory now, with this context or with any; null while it is not loaded so, or lies
 * wholly on the cards.
 */
export function useMainMemoryShare(model: string, contextLength?: number): number | null {
  const cardCount = gpus.useValue()?.cards.length ?? 0
  const loaded = models.useValue()?.loaded.find(({ name }) => name === model)
  const isMeant = contextLength === undefined || loaded?.contextLength === contextLength
  return loaded && isMeant ? mainMemoryShare(loaded, cardCount) : null
}
