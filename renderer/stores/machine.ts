import { watchStore } from './watch'

export const machine = watchStore((client, signal) => client.machine.watch(undefined, { signal }))
