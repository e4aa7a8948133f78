import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { nothingSeen, type Open, Watch, type WatchState } from './watch'

const none = createStore<WatchState<never>>(() => nothingSeen)

/**
 * A watch for each key: as many are open at once as are held. The last values of the `keptCount` that were left last
 * stay, so that who comes back sees them at once.
 */
export function keyedWatch<T>(open: (key: string) => Open<T>, keptCount: number) {
  const watches = new Map<string, Watch<T>>()
  const left = new Set<string>()

  const of = (key: string): Watch<T> => {
    const known = watches.get(key)
    if (known) return known
    const watch = new Watch(open(key), () => {
      left.add(key)
      for (const oldest of left) {
        if (left.size <= keptCount) return
        left.delete(oldest)
        watches.delete(oldest)
      }
    })
    watches.set(key, watch)
    return watch
  }

  /** Opens the watch of this key until the function it gives is called. */
  const hold = (key: string, watch = of(key)): (() => void) => {
    left.delete(key)
    watches.set(key, watch)
    return watch.hold()
  }

  /** The state of this key's watch, open while a component uses it; of none while the key is null. */
  const use = (key: string | null): WatchState<T> => {
    const watch = key === null ? null : of(key)
    useEffect(() => (key === null || watch === null ? undefined : hold(key, watch)), [key, watch])
    return useStore(watch?.store ?? none)
  }
  /** Opens the watch of this key once more, where it has failed. */
  const retry = (key: string): void => watches.get(key)?.retry()
  return {
    hold,
    use,
    retry,
    stateOf: (key: string): WatchState<T> => watches.get(key)?.store.getState() ?? nothingSeen,
  }
}
