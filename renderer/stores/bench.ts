import type { BenchRequestRow, BenchRun, BenchRunSummary } from '../../shared/contract/bench'
import type { BenchPlan } from '../../shared/measure/result'
import { saveFile } from '../actions/save-file'
import { host } from '../connection/connection'
import { type Loaded, useLoaded } from './use-loaded'
import { watchStore } from './watch'

/** First more than a screen shows; the rest in parts that do not keep the host from what else it streams. */
const requestsFirst = 100
const requestsInPart = 2000

export const liveRun = watchStore((client, signal) => client.bench.watch(undefined, { signal }))
export const benchProgress = watchStore((client, signal) => client.bench.watchProgress(undefined, { signal }))
export const savedRuns = watchStore((client, signal) => client.bench.watchRuns(undefined, { signal }))

export const startRun = (plan: BenchPlan) => host().bench.start(plan)
export const cancelRun = () => host().bench.cancel()
export const endStep = () => host().bench.endStep()
export const removeRun = (id: string) => host().bench.remove({ id })
export const restoreRun = (id: string) => host().bench.restore({ id })

/** Hands the run to the browser as a file. */
export async function downloadRun(id: string): Promise<void> {
  const { fileName, json } = await host().bench.export({ id })
  saveFile(fileName, json, 'application/json')
}

/** A saved run; read again when its state in the list has changed. */
export function useRun(id: string, known: BenchRunSummary | undefined): Loaded<BenchRun> {
  return useLoaded(id, known?.state ?? '', () => host().bench.show({ id }))
}

/** All requests of a run, fetched when they are asked for; the first of them at once. */
export function useRunRequests(id: string): Loaded<BenchRequestRow[]> {
  return useLoaded<BenchRequestRow[]>(id, '', async (showSoFar) => {
    let requests: BenchRequestRow[] = []
    for (let count = requestsFirst; ; count = requestsInPart) {
      const part = await host().bench.showRequests({ id, after: requests.at(-1)?.number ?? 0, count })
      requests = [...requests, ...part]
      if (part.length < count || !showSoFar(requests)) return requests
    }
  })
}
