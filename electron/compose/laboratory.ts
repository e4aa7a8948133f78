import { Bench } from '../services/bench/bench'
import { machineFacts } from '../services/bench/machine-facts'
import type { Ground } from './ground'
import type { Local } from './local'

/** Whatever measures models. */
export function openLaboratory(
  { database, sockets, logger, redact, opened, paths }: Ground,
  { backends, gpus, inForce, models, lettingGo }: Local,
) {
  const bench = new Bench({
    backends,
    sockets,
    database,
    bundleFolder: paths.bundleFolder,
    logger,
    redact,
    machine: async (model) => machineFacts(gpus.state.current, await inForce.read(), model),
    usesCards: () => models.state.current.usesCards,
    keepAlive: async () =>
      (await inForce.read()).find(({ variable }) => variable === 'OLLAMA_KEEP_ALIVE')?.inForce ?? null,
  })
  models.usedBy(() => (bench.live.current ? [bench.live.current.plan.model] : []))
  opened.onClose(() => bench.close())
  lettingGo.push((why) => bench.letGo(why))
  return { bench }
}
