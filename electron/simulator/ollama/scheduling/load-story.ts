import type { Configuration } from '../../configuration'
import type { ServeSettings } from '../manners/serve-settings'
import type { StoredModel } from '../models/model-store'
import type { LoadOptions } from './load-options'
import type { Plan } from './plan'

/** One load of a model: what is asked, and what was decided. */
export type LoadStory = {
  configuration: Configuration
  settings: ServeSettings
  model: StoredModel
  weightsFile: string
  options: LoadOptions
  plan: Plan
  /** The runner's port and arguments. */
  port: number
  commandArguments: string[]
  /** Models in memory beside it. */
  loadedCount: number
}

/** The cards that got layers, with their number among the visible ones. */
export const usedCards = ({ configuration, settings, plan }: LoadStory) =>
  settings.visibleCards.flatMap((place, number) => {
    const card = configuration.cards[place]
    return card && (plan.placement.layerCounts[place] ?? 0) > 0
      ? [{ card, place, number, bytes: plan.placement.cardBytes[place] ?? 0 }]
      : []
  })
