import { ownModel } from '../../shared/backends/own'
import type { InstalledModel, ModelDetails } from '../../shared/contract/models'
import { host } from '../connection/connection'
import { type Loaded, useLoaded } from './use-loaded'
import { watchStore } from './watch'

export const models = watchStore((client, signal) => client.models.watch(undefined, { signal }))

export const removeModel = (model: string) => host().models.remove({ model: ownModel(model) })
export const loadModel = (model: string) => host().models.load({ model: ownModel(model) })
export const unloadModel = (model: string) => host().models.unload({ model: ownModel(model) })

/** Everything the server tells of one model; read again when the name stands for other files. */
export function useModelDetails({ name, digest }: Pick<InstalledModel, 'name' | 'digest'>): Loaded<ModelDetails> {
  return useLoaded(name, digest, () => host().models.show({ model: ownModel(name) }))
}
