import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Client } from '../connection/client'
import { connection } from '../connection/connection'
import { type PageFailure, toFailure } from '../connection/failure'

/** The last value of a watch. `isStale`: the host is lost or the watch failed, and this is what it said before. */
export type WatchState<T> = {
  value: T | null
  isStale: boolean
  receivedAtMs: number | null
  failure: PageFailure | null
}

export const nothingSeen: WatchState<never> = { value: null, isStale: false, receivedAtMs: null, failure: null }

/** Asks a host for what is watched, until the signal ends it. */
export type Open<T> = (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>

/**
 * Holds the last value of one watch. The watch is open while somebody holds it and the page is visible; after a lost
 * host it opens again by itself. Held by nobody it costs nothing but its last value.
 */
export class Watch<T> {
  readonly store = createStore<WatchState<T>>(() => nothingSeen)
  #holderCount = 0
  #stop: AbortController | null = null
  #forget: (() => void) | null = null
  /** The host that the value came from: another one may say something else. */
  #heardFrom: Client | null = null

  constructor(
    private readonly open: Open<T>,
    private readonly onLeft: () => void = () => {},
  ) {}

  /** Opens the watch until the function it gives is called, once. */
  hold(): () => void {
    this.#holderCount++
    this.#forget ??= this.#listen()
    this.#adjust()
    return () => {
      this.#holderCount--
      // A view that is left for another often comes back at once: the next tick decides.
      setTimeout(() => this.#leave(), 0)
    }
  }

  /** Opens a watch that has failed once more. */
  readonly retry = () => this.#adjust()

  #listen() {
    const adjust = () => this.#adjust()
    const unsubscribe = connection.subscribe((now, before) => {
      if (now.client === before.client) return
      this.#end()
      this.#adjust()
    })
    document.addEventListener('visibilitychange', adjust)
    return () => {
      unsubscribe()
      document.removeEventListener('visibilitychange', adjust)
    }
  }

  #leave() {
    if (this.#holderCount > 0 || this.#forget === null) return
    this.#end()
    this.#forget()
    this.#forget = null
    // Who comes back asks anew.
    if (this.store.getState().failure !== null) this.store.setState({ failure: null })
    this.onLeft()
  }

  #end() {
    this.#stop?.abort()
    this.#stop = null
  }

  #adjust() {
    const { client } = connection.getState()
    if (client !== this.#heardFrom && this.store.getState().value !== null) this.store.setState({ isStale: true })
    if (client === null || document.hidden || this.#holderCount === 0) this.#end()
    else if (!this.#stop) void this.#follow(client)
  }

  async #follow(client: Client) {
    const own = new AbortController()
    this.#stop = own
    try {
      for await (const value of await this.open(client, own.signal)) {
        if (own.signal.aborted) return
        this.#heardFrom = client
        this.store.setState({ value, isStale: false, receivedAtMs: Date.now(), failure: null })
      }
    } catch (error) {
      if (own.signal.aborted) return
      const failure = toFailure(error)
      this.store.setState((state) => ({
        isStale: state.value !== null,
        failure: failure.code === 'hostLost' ? null : failure,
      }))
    } finally {
      if (this.#stop === own) this.#stop = null
    }
  }
}

/** One watch for the whole page, open while a component uses it. */
export function watchStore<T>(open: Open<T>) {
  const watch = new Watch(open)
  const use = <Selected>(select: (state: WatchState<T>) => Selected): Selected => {
    useEffect(() => watch.hold(), [])
    return useStore(watch.store, select)
  }
  return { use, useValue: () => use((state) => state.value), store: watch.store, retry: watch.retry }
}
