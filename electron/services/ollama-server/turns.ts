/**
 * Start and stop take turns: a second start joins the first, a stop calls off the start before it, and a start waits
 * for what is still under way. The last wish has the last word.
 */
export class Turns {
  #starting: Promise<void> | null = null
  #stopping: Promise<void> | null = null
  #cancel: AbortController | null = null
  /** How often a stop was asked for: whoever waits for one sees by it whether another was asked for since. */
  #stopsAsked = 0

  get isStarting(): boolean {
    return this.#starting !== null
  }

  get isStopping(): boolean {
    return this.#stopping !== null
  }

  get isUnderWay(): boolean {
    return this.isStarting || this.isStopping
  }

  /** Whether the last start was called off. */
  get isCancelled(): boolean {
    return this.#cancel?.signal.aborted ?? false
  }

  get stopsAsked(): number {
    return this.#stopsAsked
  }

  start(begin: (cancelled: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#starting && !this.isCancelled) return this.#starting
    const before = [this.#starting, this.#stopping]
    const cancel = new AbortController()
    this.#cancel = cancel
    const starting = (async () => {
      await Promise.allSettled(before)
      if (!cancel.signal.aborted) await begin(cancel.signal)
    })().finally(() => {
      if (this.#starting === starting) this.#starting = null
    })
    this.#starting = starting
    return starting
  }

  /** `end` is called again after the start before it is over, which may have been past its last look at the signal. */
  stop(end: () => Promise<void>): Promise<void> {
    this.#stopsAsked++
    this.#cancel?.abort()
    this.#stopping ??= this.#stop(this.#starting, end).finally(() => {
      this.#stopping = null
    })
    return this.#stopping
  }

  async #stop(starting: Promise<void> | null, end: () => Promise<void>) {
    await end()
    if (!starting) return
    await starting.catch(() => {})
    await end()
  }

  /** Calls off a start, and waits until it is over. */
  async close(): Promise<void> {
    this.#cancel?.abort()
    await this.#starting?.catch(() => {})
  }
}
