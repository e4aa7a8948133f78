import { mainMemoryShare } from '../../shared/ollama/main-memory-share'
import { gpus } from './gpus'
import { models } from './models'

/** How much of this model lies in main memory now; null while it is not loaded, or wholly on the cards. */
export function useMainMemoryShare(model: string): number | null {
  const cardCount = gpus.useValue()?.cards.length ?? 0
  const loaded = models.useValue()?.loaded.find(({ name }) => name === model)
  return loaded ? mainMemoryShare(loaded, cardCount) : null
}
