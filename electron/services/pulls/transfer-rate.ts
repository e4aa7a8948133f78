const windowMs = 5000

/** The speed of the last seconds: short enough to follow, long enough not to dance. */
export class TransferRate {
  #samples: { atMs: number; bytes: number }[] = []

  add(atMs: number, bytes: number): void {
    this.#samples.push({ atMs, bytes })
    while (this.#samples.length > 2 && (this.#samples[1]?.atMs ?? atMs) < atMs - windowMs) this.#samples.shift()
  }

  /** What came before says nothing of what comes now. */
  beginAnew(): void {
    this.#samples = []
  }

  /** null until two readings lie far enough apart. */
  bytesPerSecond(nowMs: number): number | null {
    const [first] = this.#samples
    const last = this.#samples.at(-1)
    if (!first || !last || nowMs - first.atMs < 800) return null
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (nowMs - first.atMs))
  }
}
