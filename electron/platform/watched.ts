import { setTimeout as pause } from 'node:timers/promises'

/** A value to watch: each watcher gets it at once, then the latest after every change, at most once per `everyMs`. */
export class Watched<T> {
  #current: T
  #waiting = new Set<() => void>()
  readonly #mapped: ((value: T) => void)[] = []

  constructor(initial: T) {
    this.#current = initial
  }

  get current(): T {
    return this.#current
  }

  /** How many watchers wait for a change: a source may rest while it is 0. */
  get watcherCount(): number {
    return this.#waiting.size
  }

  set(next: T): void {
    if (Object.is(next, this.#current)) return
    this.#current = next
    for (const tell of this.#mapped) tell(next)
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const wake of waiting) wake()
  }

  /** The same value seen in another way, changed in the same moment. It lives as long as this one. */
  mapped<Seen>(see: (value: T) => Seen): Watched<Seen> {
    const mapped = new Watched(see(this.#current))
    this.#mapped.push((value) => mapped.set(see(value)))
    return mapped
  }

  update(change: (current: T) => T): void {
    this.set(change(this.#current))
  }

  async *watch(signal: AbortSignal | undefined, everyMs = 50): AsyncGenerator<T, void, void> {
    while (!signal?.aborted) {
      const seen = this.#current
      yield seen
      // Both: a change alone would let a busy source fill the socket's memory (streams have no back-pressure).
      await Promise.all([this.changeFrom(seen, signal), pause(everyMs, undefined, { signal }).catch(() => {})])
    }
  }

  /** Resolves when the value is no longer `seen`, or when the signal aborts. */
  changeFrom(seen: T, signal?: AbortSignal): Promise<void> | undefined {
    if (!Object.is(this.#current, seen) || signal?.aborted) return undefined
    return new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake) // a listener a round would pile up for as long as the watch lives
        resolve()
      }
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake)
    })
  }

  /** Resolves with the first value, present or future, that `holds`. Rejects when the signal aborts. */
  async until(holds: (value: T) => boolean, signal?: AbortSignal): Promise<T> {
    while (!holds(this.#current)) {
      signal?.throwIfAborted()
      await this.changeFrom(this.#current, signal)
    }
    return this.#current
  }
}

type Seen<T> = readonly [watched: Watched<T>, seen: T]

/**
 * Resolves when one of the values is no longer the one seen, when the signal aborts, or after `withinMs`; whatever it
 * did not wait for is let go of.
 */
export async function changeOfAny<Values extends readonly unknown[]>(
  all: { readonly [Place in keyof Values]: Seen<Values[Place]> },
  signal: AbortSignal | undefined,
  withinMs?: number,
): Promise<void> {
  const stop = new AbortController()
  const ends = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])])
  const patience = withinMs === undefined ? [] : [pause(withinMs, undefined, { signal: ends }).catch(() => {})]
  await Promise.race([...all.map(([watched, seen]) => watched.changeFrom(seen, ends)), ...patience])
  stop.abort()
}
