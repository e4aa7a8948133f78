import { host } from '../connection/connection'
import { watchStore } from './watch'

export const gpus = watchStore((client, signal) => client.gpus.watch(undefined, { signal }))

export const gpuHistory = {
  5: watchStore((client, signal) => client.gpus.watchHistory({ minutes: 5 }, { signal })),
  15: watchStore((client, signal) => client.gpus.watchHistory({ minutes: 15 }, { signal })),
  60: watchStore((client, signal) => client.gpus.watchHistory({ minutes: 60 }, { signal })),
}

export const lookForGpus = () => host().gpus.lookAgain()
