export type Sequence = {
  promptTokens: number
  /** Tokens to give; the engine stops the sequence when `next` says so. */
  onToken: (token: { number: number; dueAtMs: number }) => 'more' | 'end'
  onPrefilled?: (atMs: number) => void
  isCancelled: () => boolean
}

export type EngineRates = { prefillTokensPerSecond: number; decodeTokensPerSecond: number; batchOverhead: number }

type Active = { sequence: Sequence; prefillLeft: number; tokenCount: number }

const prefillChunk = 512

/**
 * One runner's arithmetic unit: steps follow each other on absolute deadlines, so that no timer's lateness adds up.
 * A step gives every decoding sequence one token and takes longer the more there are; a prefill takes steps of its own.
 */
export class Engine {
  readonly #active: Active[] = []
  #timer: NodeJS.Timeout | null = null
  #clockMs = 0
  #busySinceMs: number | null = null
  #busyMs = 0

  constructor(private readonly rates: EngineRates) {}

  get sequenceCount(): number {
    return this.#active.length
  }

  /** Milliseconds of work since it was last asked: what a GPU's utilisation is made of. */
  takeBusyMs(nowMs: number): number {
    if (this.#busySinceMs !== null) {
      this.#busyMs += nowMs - this.#busySinceMs
      this.#busySinceMs = nowMs
    }
    const busy = this.#busyMs
    this.#busyMs = 0
    return busy
  }

  add(sequence: Sequence): void {
    this.#active.push({ sequence, prefillLeft: sequence.promptTokens, tokenCount: 0 })
    if (this.#timer) return
    this.#clockMs = performance.now()
    this.#busySinceMs = this.#clockMs
    this.#schedule()
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#active.length = 0
  }

  #schedule() {
    this.#drop()
    if (this.#active.length === 0) {
      this.#rest()
      return
    }
    const prefilling = this.#active.find((active) => active.prefillLeft > 0)
    const decoding = this.#active.filter((active) => active.prefillLeft <= 0)
    const chunk = prefilling ? Math.min(prefillChunk, prefilling.prefillLeft) : 0
    const prefillMs = (chunk / this.rates.prefillTokensPerSecond) * 1000
    // The last chunk of a prefill gives the first token at its own end, together with the others' next.
    const finishing = prefilling && prefilling.prefillLeft <= chunk ? 1 : 0
    const batch = decoding.length
    const decodeMs =
      batch > 0 ? (1000 / this.rates.decodeTokensPerSecond) * (1 + this.rates.batchOverhead * (batch - 1)) : 0
    const stepMs = prefillMs + decodeMs
    this.#clockMs += stepMs
    this.#timer = setTimeout(() => {
      if (prefilling) {
        prefilling.prefillLeft -= chunk
        if (finishing) {
          prefilling.sequence.onPrefilled?.(this.#clockMs)
          this.#give(prefilling)
        }
      }
      for (const active of decoding) this.#give(active)
      this.#schedule()
    }, this.#clockMs - performance.now())
  }

  #give(active: Active) {
    if (active.sequence.isCancelled()) return
    active.tokenCount++
    const answer = active.sequence.onToken({ number: active.tokenCount, dueAtMs: this.#clockMs })
    if (answer === 'end') active.tokenCount = Number.POSITIVE_INFINITY
  }

  #drop() {
    for (let place = this.#active.length - 1; place >= 0; place--) {
      const active = this.#active[place]
      if (!active || active.tokenCount === Number.POSITIVE_INFINITY || active.sequence.isCancelled()) {
        this.#active.splice(place, 1)
      }
    }
  }

  #rest() {
    this.#timer = null
    if (this.#busySinceMs !== null) this.#busyMs += performance.now() - this.#busySinceMs
    this.#busySinceMs = null
  }
}
