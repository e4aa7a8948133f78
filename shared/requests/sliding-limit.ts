/**
 * A limit over any stretch of time: in no window of its length does more than the limit pass. A log of what passed, each
 * with its weight (1 a request, or tokens), since fixed windows let twice the limit through around their edge.
 */
export class SlidingLimit {
  readonly #passed: { atMs: number; weight: number; id: number }[] = []
  #nextId = 0

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  /** How long until this weight may pass; 0: now. Null: never, it is more than the whole limit. */
  waitMs(weight: number, nowMs: number): number | null {
    if (weight > this.limit) return null
    this.#forget(nowMs)
    let over = this.used + weight - this.limit
    if (over <= 0) return 0
    for (const { atMs, weight: freed } of this.#passed) {
      over -= freed
      if (over <= 0) return Math.max(0, atMs + this.windowMs - nowMs)
    }
    return this.windowMs
  }

  /** Takes the weight where it may pass now; gives the place to settle it by, or null. */
  take(weight: number, nowMs: number): number | null {
    if (this.waitMs(weight, nowMs) !== 0) return null
    const id = this.#nextId++
    this.#passed.push({ atMs: nowMs, weight, id })
    return id
  }

  /** What was reserved is known now: more or less of it. */
  settle(place: number, weight: number): void {
    const entry = this.#passed.find(({ id }) => id === place)
    if (entry) entry.weight = weight
  }

  get used(): number {
    return this.#passed.reduce((sum, { weight }) => sum + weight, 0)
  }

  #forget(nowMs: number) {
    // What passed exactly one window ago is out of it.
    const firstKept = this.#passed.findIndex(({ atMs }) => atMs + this.windowMs > nowMs)
    this.#passed.splice(0, firstKept === -1 ? this.#passed.length : firstKept)
  }
}
