import type { BenchRun } from '../../../shared/contract/bench'
import type { SeenRequest } from '../../../shared/measure/stage'

/** Beyond this many, the times of single events would make a file that no browser likes to be handed. */
const eventLimit = 300_000

/** A run as JSON, in which a model is a name beside the id of its backend: `schema` first, then the run, its steps and all requests; times of events while they are not too many. */
export function exportRun(run: BenchRun, requests: readonly SeenRequest[]): { fileName: string; json: string } {
  const { schema, plan, ...rest } = run
  const eventCount = requests.reduce((sum, request) => sum + request.eventsMs.length, 0)
  const hasEvents = eventCount <= eventLimit
  const lines = requests.map((request) =>
    JSON.stringify({ ...request, eventsMs: hasEvents ? Array.from(request.eventsMs, hundredths) : null }),
  )
  const head = JSON.stringify(
    { schema, hasEvents, run: { ...rest, plan: { ...plan, model: plan.model.name, backendId: plan.model.backendId } } },
    null,
    2,
  ).slice(0, -2)
  const name = run.plan.model.name.replace(/[^\w.-]+/g, '-')
  const day = new Date(run.startedAtMs).toISOString().slice(0, 16).replace(/[T:]/g, '-')
  return {
    fileName: `bench-${name}-${day}.json`,
    json: `${head},\n  "requests": [\n    ${lines.join(',\n    ')}\n  ]\n}\n`,
  }
}

const hundredths = (ms: number) => Math.round(ms * 100) / 100
