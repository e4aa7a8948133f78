import { goTime } from '../manners/go-values'
import { isOldStyle } from '../manners/version-style'
import { totalBytes } from '../models/manifest'
import type { Call } from './call'
import { detailsOf } from './details'
import { sendJson } from './json-replies'
import type { Simulated } from './simulated-server'

export function listModels({ store, configuration }: Simulated, { response }: Call): void {
  const old = isOldStyle(configuration.version)
  const models = store.list().map((stored) => {
    const { contextLength, embeddingLength, capabilities } = stored.manifest.simulated
    const lengths = { context_length: contextLength, embedding_length: embeddingLength }
    return {
      name: stored.name,
      model: stored.name,
      modified_at: goTime(stored.modifiedAtMs),
      size: totalBytes(stored.manifest),
      digest: stored.digest,
      details: old ? detailsOf(stored) : { ...detailsOf(stored), ...lengths },
      ...(old ? {} : { capabilities }),
    }
  })
  sendJson(response, 200, { models })
}

/** When a model that stays forever goes: as far as Go's times reach. */
const never = '2318-09-10T09:00:00.000000001Z'

/** What is in memory, the one that stays longest first. */
export function listLoaded({ scheduler, configuration }: Simulated, { response }: Call): void {
  const old = isOldStyle(configuration.version)
  const models = [...scheduler.loaded]
    .filter((loaded) => old || !loaded.isLoading)
    .sort((left, right) => right.expiresAtMs - left.expiresAtMs || 0)
    .map(({ model, story, expiresAtMs, options }) => ({
      name: model.name,
      model: model.name,
      size: story.plan.sizeBytes,
      digest: model.digest,
      details: detailsOf(model),
      expires_at: Number.isFinite(expiresAtMs) ? goTime(expiresAtMs) : never,
      size_vram: story.plan.vramBytes,
      ...(old ? {} : { context_length: options.contextLength }),
    }))
  sendJson(response, 200, { models })
}
