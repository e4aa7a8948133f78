import type { LoadedModel } from '../../../shared/contract/models'
import type { ToldModel } from '../../wire/loaded-models'

type Stay = LoadedModel['stay']

/** What is still there this long after it was to go: Ollama ends a runner in seconds, and waits five for its memory. */
const stuckAfterMs = 60_000
/** An expiry that moves back by more than the server's clock may waver was set by an unload. */
const wavers = 1500
/** The year 1, as Go writes a time that was never set. */
const longAgoMs = 10 * 365 * 86_400_000

type Memory = {
  /** The furthest expiry that was told. */
  expiresAtMs: number | null
  /** When an unload was asked, by Corral or by somebody else; null where none is known of. */
  unloadAtMs: number | null
}

/**
 * How long each model stays, from what the server says again and again: an expiry in the past may mean an answer that
 * takes its time, an unload that waits for one, and a model that does not go.
 */
export class Stays {
  #memory = new Map<string, Memory>()

  constructor(private readonly isAnswering: (name: string) => boolean) {}

  /** Corral has asked the server to unload it. */
  unloadAsked(name: string, nowMs = Date.now()): void {
    const memory = this.#memory.get(name)
    this.#memory.set(name, { expiresAtMs: memory?.expiresAtMs ?? null, unloadAtMs: nowMs })
  }

  /** One reading of all that is loaded. */
  of(told: readonly ToldModel[], nowMs = Date.now()): Map<string, Stay> {
    const memories = new Map<string, Memory>()
    const stays = new Map<string, Stay>()
    for (const model of told) {
      const memory = remembered(model, this.#memory.get(model.name), nowMs)
      memories.set(model.name, memory)
      stays.set(model.name, this.#stayOf(model, memory, nowMs))
    }
    this.#memory = memories
    return stays
  }

  #stayOf({ name, expiresAtMs, staysForEver }: ToldModel, { unloadAtMs }: Memory, nowMs: number): Stay {
    if (staysForEver) return { kind: 'for-ever' }
    if (expiresAtMs === null) return { kind: 'unknown' }
    if (expiresAtMs > nowMs) return { kind: 'until', atMs: expiresAtMs }
    if (this.isAnswering(name)) return { kind: unloadAtMs === null ? 'in-use' : 'after-answer' }
    const sinceMs = unloadAtMs ?? expiresAtMs
    return { kind: nowMs - sinceMs < stuckAfterMs ? 'unloading' : 'stuck', sinceMs }
  }
}

function remembered({ expiresAtMs }: ToldModel, before: Memory | undefined, nowMs: number): Memory {
  if (expiresAtMs === null) return { expiresAtMs: null, unloadAtMs: null }
  // Asked for again since: it stays.
  if (expiresAtMs > nowMs) return { expiresAtMs, unloadAtMs: null }
  const isNever = nowMs - expiresAtMs > longAgoMs
  const hasMovedBack = before?.expiresAtMs != null && expiresAtMs < before.expiresAtMs - wavers
  const askedAtMs = isNever ? nowMs : hasMovedBack ? expiresAtMs : null
  return {
    expiresAtMs: Math.max(expiresAtMs, before?.expiresAtMs ?? expiresAtMs),
    unloadAtMs: before?.unloadAtMs ?? askedAtMs,
  }
}
