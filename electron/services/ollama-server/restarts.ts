const windowMs = 120_000
const allowedCrashes = 5
const firstDelayMs = 1000

/** A crash is answered by a restart, later each time; five in two minutes are enough. */
export class Restarts {
  #crashesAtMs: number[] = []
  #timer: NodeJS.Timeout | undefined

  /** Crashes of the last two minutes, as of the last one. */
  get crashCount(): number {
    return this.#crashesAtMs.length
  }

  /** Counts a crash and says how long to wait before the restart; null when it is time to give up. */
  countCrash(nowMs: number): number | null {
    this.#crashesAtMs = [...this.#crashesAtMs.filter((atMs) => nowMs - atMs < windowMs), nowMs]
    if (this.crashCount >= allowedCrashes) return null
    return firstDelayMs * 2 ** (this.crashCount - 1)
  }

  schedule(delayMs: number, restart: () => void): void {
    this.cancel()
    this.#timer = setTimeout(restart, delayMs)
  }

  /** Calls off the restart that is due; the crashes stay counted. */
  cancel(): void {
    clearTimeout(this.#timer)
  }

  forgetCrashes(): void {
    this.#crashesAtMs = []
  }
}
