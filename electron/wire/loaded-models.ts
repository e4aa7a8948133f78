import { Failure } from '../../shared/failure'
import { namedEntries, type TellOdd, tellOddOf } from './entry'

const foreverMs = 20 * 365 * 86_400_000

/** A model in memory, as Ollama tells it: in old versions sizes are its estimate, and no context is told. */
export type ToldModel = {
  name: string
  sizeBytes: number | null
  vramBytes: number | null
  digest: string
  /** null: never, or unknown. Where it is in the past the model is in use, or on its way out. */
  expiresAtMs: number | null
  staysForEver: boolean
  contextLength: number | null // for one request
}

/**
 * The answer of /api/ps, entry by entry; `ollamaFailed` where it is something else. A model that is kept for ever
 * expires in 292 years, which is no date.
 */
export function loadedModelsIn(answer: unknown, nowMs = Date.now(), tell: TellOdd = () => {}): ToldModel[] {
  const named = namedEntries('/api/ps', answer, tell)
  if (named === null) throw new Failure('ollamaFailed', JSON.stringify(answer)?.slice(0, 500))
  return named.map(({ name, entry }) => {
    const expiresAtMs = entry.time('expires_at')
    const staysForEver = expiresAtMs !== null && expiresAtMs - nowMs >= foreverMs
    const model = {
      name,
      sizeBytes: entry.count('size'),
      vramBytes: entry.count('size_vram'),
      digest: entry.text('digest') ?? '',
      expiresAtMs: staysForEver ? null : expiresAtMs,
      staysForEver,
      contextLength: entry.count('context_length') || null,
    }
    tellOddOf('/api/ps', name, [entry], tell)
    return model
  })
}
