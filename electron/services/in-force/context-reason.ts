import type { InForceReason } from '../../../shared/contract/server-settings'
import { isAtLeast } from '../../../shared/ollama/version'
import type { ModelContext } from './evidence'

type Question = {
  /** Tokens that a request has now. */
  used: number
  /** What was set, or what the server would take by itself; null where that cannot be told. */
  standard: number | null
  isByMemory: boolean
  /** Of the model that is loaded. */
  model: ModelContext | undefined
  version: string
}

/**
 * Why a loaded model has the context that it has; null where it is the one that was set, or nothing can be said. A model
 * is given its own parameter before the server's default, and since 0.9.3 never more than it was trained for.
 */
export function contextReason({ used, standard, isByMemory, model, version }: Question): InForceReason | null {
  const { trained, parameter } = model ?? { trained: null, parameter: null }
  const isCapped = isAtLeast(version, '0.9.3')
  const most = isCapped && trained !== null ? trained : Number.POSITIVE_INFINITY
  const byParameter = parameter !== null && parameter > 0
  const wanted = byParameter ? parameter : standard
  if (wanted === null) return null
  if (used === Math.min(wanted, most)) {
    if (wanted > most) return 'contextByTraining'
    if (byParameter && used !== standard) return 'contextByModel'
    return isByMemory ? 'contextByMemory' : null
  }
  if (used === standard && parameter === null) return isByMemory ? 'contextByMemory' : null
  const isAllKnown = parameter !== null && (trained !== null || !isCapped)
  return isAllKnown ? 'contextByRequest' : 'contextUntold'
}
