import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { HostDescription } from '../../shared/contract/host'
import { connection, host } from '../connection/connection'

/** Which host this is; null until it has said so. */
export function useHostDescription(): HostDescription | null {
  const client = useStore(connection, (state) => state.client)
  const [description, setDescription] = useState<HostDescription | null>(null)
  useEffect(() => {
    client?.host.describe().then(setDescription, () => {})
  }, [client])
  return description
}

export const openFolder = (folder: 'data' | 'models' | 'logs') => host().host.openFolder({ folder })
