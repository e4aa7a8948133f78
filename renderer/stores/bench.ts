import { watchStore } from './watch'

/** The run under way and the saved ones, for the screens that only mention them. */
export const liveRun = watchStore((client, signal) => client.bench.watch(undefined, { signal }))
export const savedRuns = watchStore((client, signal) => client.bench.watchRuns(undefined, { signal }))
