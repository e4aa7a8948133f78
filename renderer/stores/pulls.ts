import { host } from '../connection/connection'
import { watchStore } from './watch'

export const pulls = watchStore((client, signal) => client.pulls.watch(undefined, { signal }))

export const addPull = (model: string) => host().pulls.add({ model })
export const cancelPull = (model: string) => host().pulls.cancel({ model })
export const dismissPull = (model: string) => host().pulls.dismiss({ model })
