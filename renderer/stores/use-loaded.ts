import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { connection } from '../connection/connection'
import { type PageFailure, toFailure } from '../connection/failure'

export type Loaded<T> = { value: T | null; failure: PageFailure | null }

type Load<T> = (showSoFar: (value: T) => boolean) => Promise<T>

/**
 * What `load` answers for this id; asked again when the version changes, and by another connection. A long answer may
 * be shown as far as it is here, which tells whether somebody still wants the rest.
 */
export function useLoaded<T>(id: string, version: string, load: Load<T>): Loaded<T> {
  const client = useStore(connection, (state) => state.client)
  const [loaded, setLoaded] = useState<Loaded<T> & { id: string }>({ id, value: null, failure: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on every drawing and asks for the same
  useEffect(() => {
    if (!client) return
    let isOver = false
    const show = (value: T) => {
      if (!isOver) setLoaded({ id, value, failure: null })
      return !isOver
    }
    load(show).then(show, (error) => !isOver && setLoaded({ id, value: null, failure: toFailure(error) }))
    return () => {
      isOver = true
    }
  }, [client, id, version])
  return loaded.id === id ? loaded : { value: null, failure: null }
}
