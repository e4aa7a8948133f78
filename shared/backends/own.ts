import type { ModelRef } from './model-ref'

/** The server that Corral runs: always in the list of backends. No backend may be called `route` either: that word is kept. */
export const ownBackendId = 'own'

/** A model of Corral's own server. */
export const ownModel = (name: string): ModelRef => ({ backendId: ownBackendId, name })

export const isSameModelRef = (one: ModelRef, other: ModelRef): boolean =>
  one.backendId === other.backendId && one.name === other.name
