import type { BenchLive } from '../../../shared/contract/bench'
import type { Progress } from './generator-messages'

const keptSeconds = 60

/** Events by the second of the generator's clock, and the most requests in flight in each. */
export class RateSeries {
  readonly #events = new Map<number, number>()
  readonly #inFlight = new Map<number, number>()
  #latest: number | null = null
  #wallOffsetMs = 0
  /** The first whole second in which all slots of the step were busy. */
  #stepFrom: number | null = null
  #stepBins: number[] = []

  beginStep(): void {
    this.#stepFrom = null
    this.#stepBins = []
  }

  take(progress: Progress, wallOffsetMs: number, concurrency: number): void {
    this.#wallOffsetMs = wallOffsetMs
    const second = Math.floor(progress.atMs / 1000)
    for (const [at, events] of progress.seconds) this.#events.set(at, events)
    this.#inFlight.set(second, Math.max(this.#inFlight.get(second) ?? 0, progress.active.length))
    const isBusy = progress.active.length >= concurrency && progress.active.some((one) => one.firstTokenMs !== null)
    if (this.#stepFrom === null && isBusy) this.#stepFrom = second + 1
    if (this.#latest !== null && second > this.#latest) this.#closeSeconds(this.#latest, second)
    this.#latest = second
    for (const series of [this.#events, this.#inFlight]) {
      for (const at of series.keys()) if (at < second - keptSeconds) series.delete(at)
    }
  }

  lastMinute(tokensPerEvent: number): BenchLive['rate'] {
    if (this.#latest === null) return { endMs: Date.now(), tokensPerSecond: [], inFlight: [] }
    const first = Math.max(this.#latest - keptSeconds, Math.min(...this.#inFlight.keys()))
    const tokensPerSecond: (number | null)[] = []
    const inFlight: (number | null)[] = []
    for (let second = first; second < this.#latest; second++) {
      // A frozen host or generator says nothing for a while: that is a gap, and no second without tokens.
      const wasHeard = this.#inFlight.has(second)
      const events = this.#events.get(second) ?? (wasHeard ? 0 : null)
      tokensPerSecond.push(events === null ? null : events * tokensPerEvent)
      inFlight.push(this.#inFlight.get(second) ?? null)
    }
    return { endMs: this.#latest * 1000 + this.#wallOffsetMs, tokensPerSecond, inFlight }
  }

  /** Tokens in each whole second of the step since all its slots were busy. */
  stepBins(tokensPerEvent: number): number[] {
    return this.#stepBins.map((events) => events * tokensPerEvent)
  }

  #closeSeconds(from: number, to: number) {
    if (this.#stepFrom === null) return
    for (let second = Math.max(from, this.#stepFrom); second < to; second++) {
      const wasHeard = this.#inFlight.has(second) || this.#events.has(second)
      if (wasHeard) this.#stepBins.push(this.#events.get(second) ?? 0)
    }
  }
}
