const windowMs = 120_000
const allowedCrashes = 5
const firstDelayMs = 1000

/** A crash is answered by a restart, later each time; five in two minutes are enough. */
export class CrashPolicy {
  #crashesAtMs: number[] = []

  get count(): number {
    return this.#crashesAtMs.length
  }

  /** Counts a crash and says when to try again; null when it is time to give up. */
  delayAfterCrashMs(nowMs: number): number | null {
    this.#crashesAtMs = [...this.#crashesAtMs.filter((atMs) => nowMs - atMs < windowMs), nowMs]
    if (this.count >= allowedCrashes) return null
    return firstDelayMs * 2 ** (this.count - 1)
  }

  forget(): void {
    this.#crashesAtMs = []
  }
}
