import { host } from '../connection/connection'
import { folded } from './folded'
import { withChange, withEnd } from './gpu-changes'
import { watchStore } from './watch'

export const gpus = watchStore(async (client, signal) =>
  folded(await client.gpus.watch(undefined, { signal }), withChange),
)

const historyOf = (minutes: 5 | 15 | 60) =>
  watchStore(async (client, signal) => folded(await client.gpus.watchHistory({ minutes }, { signal }), withEnd))

export const gpuHistory = { 5: historyOf(5), 15: historyOf(15), 60: historyOf(60) }

export const lookForGpus = () => host().gpus.lookAgain()
