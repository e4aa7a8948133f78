import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { connection } from '../connection/connection'
import { type PageFailure, toFailure } from '../connection/failure'

export type Loaded<T> = { value: T | null; failure: PageFailure | null }

/** What `load` answers for this id; asked again when the version changes, and by another connection. */
export function useLoaded<T>(id: string, version: string, load: () => Promise<T>): Loaded<T> {
  const client = useStore(connection, (state) => state.client)
  const [loaded, setLoaded] = useState<Loaded<T> & { id: string }>({ id, value: null, failure: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on every drawing and asks for the same
  useEffect(() => {
    if (!client) return
    let isOver = false
    load().then(
      (value) => !isOver && setLoaded({ id, value, failure: null }),
      (error) => !isOver && setLoaded({ id, value: null, failure: toFailure(error) }),
    )
    return () => {
      isOver = true
    }
  }, [client, id, version])
  return loaded.id === id ? loaded : { value: null, failure: null }
}
