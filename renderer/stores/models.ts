import { host } from '../connection/connection'
import { watchStore } from './watch'

export const models = watchStore((client, signal) => client.models.watch(undefined, { signal }))

export const showModel = (model: string) => host().models.show({ model })
export const removeModel = (model: string) => host().models.remove({ model })
export const loadModel = (model: string) => host().models.load({ model })
export const unloadModel = (model: string) => host().models.unload({ model })
