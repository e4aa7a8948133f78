import { z } from 'zod'
import { Failure } from '../../shared/failure'

const Ps = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        size: z.number().default(0),
        size_vram: z.number().default(0),
        digest: z.string().default(''),
        expires_at: z.string().default(''),
        context_length: z.number().optional(),
      }),
    )
    .nullish(),
})

const foreverMs = 20 * 365 * 86_400_000

/** A model in memory, as Ollama tells it: in old versions sizes are its estimate, and no context is told. */
export type ToldModel = {
  name: string
  sizeBytes: number
  vramBytes: number
  digest: string
  /** null: never. */
  expiresAtMs: number | null
  contextLength: number | null // for one request
}

/**
 * The answer of /api/ps; `ollamaFailed` where it is something else. A model that is kept for ever expires in 292 years,
 * which is no date.
 */
export function loadedModelsIn(answer: unknown, nowMs = Date.now()): ToldModel[] {
  const told = Ps.safeParse(answer)
  if (!told.success) throw new Failure('ollamaFailed', JSON.stringify(answer)?.slice(0, 500))
  return (told.data.models ?? []).map((model) => {
    const expiresAtMs = Date.parse(model.expires_at)
    return {
      name: model.name,
      sizeBytes: model.size,
      vramBytes: model.size_vram,
      digest: model.digest,
      expiresAtMs: Number.isFinite(expiresAtMs) && expiresAtMs - nowMs < foreverMs ? expiresAtMs : null,
      contextLength: model.context_length ?? null,
    }
  })
}
