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

type Open<T> = (client: Client, signal: AbortSignal) => Promise<AsyncIterable<T>>

/**
 * A store that holds the last value of one watch. The watch is open while a component uses it and the page is visible;
 * after a lost host it opens again by itself.
 */
export function watchStore<T>(open: Open<T>) {
  const store = createStore<WatchState<T>>(() => ({ value: null, isStale: false, receivedAtMs: null, failure: null }))
  let userCount = 0
  let stop: AbortController | null = null

  const adjust = () => {
    const { client } = connection.getState()
    const shouldRun = userCount > 0 && client !== null && !document.hidden
    if (!shouldRun) {
      stop?.abort()
      stop = null
      if (client === null) store.setState((state) => ({ isStale: state.value !== null }))
    } else if (!stop) {
      stop = new AbortController()
      void follow(client, stop)
    }
  }

  const follow = async (client: Client, own: AbortController) => {
    try {
      for await (const value of await open(client, own.signal)) {
        if (own.signal.aborted) return
        store.setState({ value, isStale: false, receivedAtMs: Date.now(), failure: null })
      }
    } catch (error) {
      if (own.signal.aborted) return
      const failure = toFailure(error)
      store.setState((state) => ({
        isStale: state.value !== null,
        failure: failure.code === 'hostLost' ? null : failure,
      }))
    } finally {
      if (stop === own) stop = null
    }
  }

  connection.subscribe((now, before) => {
    if (now.client === before.client) return
    stop?.abort()
    stop = null
    adjust()
  })
  document.addEventListener('visibilitychange', adjust)

  const use = <Selected>(select: (state: WatchState<T>) => Selected): Selected => {
    useEffect(() => {
      userCount++
      adjust()
      return () => {
        userCount--
        // A view that is left for another often comes back at once: the next tick decides.
        setTimeout(adjust, 0)
      }
    }, [])
    return useStore(store, select)
  }
  /** Opens the watch anew, as when what it asks for has changed; `isOther`: the old value belongs to something else. */
  const restart = (isOther: boolean) => {
    if (isOther) store.setState({ value: null, isStale: false, receivedAtMs: null, failure: null })
    stop?.abort()
    stop = null
    adjust()
  }
  return { use, useValue: () => use((state) => state.value), store, retry: adjust, restart }
}
