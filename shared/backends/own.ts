import type { ModelRef } from './model-ref'

/** The server that Corral runs: always in the list of backends. */
export const ownBackendId = 'own'

/** What no backend may be called: a route stands for a choice among several models. */
export const routeId = 'route'

/** A model of Corral's own server. */
export const ownModel = (name: string): ModelRef => ({ backendId: ownBackendId, name })

export const isSameModelRef = (one: ModelRef, other: ModelRef): boolean =>
  one.backendId === other.backendId && one.name === other.name
