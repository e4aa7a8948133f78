import type { ModelRef } from '../../shared/backends/model-ref'
import { host } from '../connection/connection'
import { watchStore } from './watch'

export const pulls = watchStore((client, signal) => client.pulls.watch(undefined, { signal }))

export const addPull = (model: ModelRef) => host().pulls.add({ model })
export const cancelPull = (model: ModelRef) => host().pulls.cancel({ model })
export const dismissPull = (model: ModelRef) => host().pulls.dismiss({ model })
