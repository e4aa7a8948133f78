import { useCallback, useRef, useState } from 'react'
import { type PageFailure, toFailure } from '../connection/failure'
import { showFailure } from './notify'

/** A thing the user can do: runs once at a time, tells that it runs, and shows its failure. */
export function useAction<Input extends unknown[]>(
  act: (...input: Input) => Promise<unknown>,
  onFailure: (failure: PageFailure) => void = showFailure,
) {
  const [isRunning, setRunning] = useState(false)
  const latest = useRef({ act, onFailure })
  latest.current = { act, onFailure }
  const running = useRef(false)
  const run = useCallback(async (...input: Input): Promise<boolean> => {
    if (running.current) return false
    running.current = true
    setRunning(true)
    try {
      await latest.current.act(...input)
      return true
    } catch (error) {
      latest.current.onFailure(toFailure(error))
      return false
    } finally {
      running.current = false
      setRunning(false)
    }
  }, [])
  return { run, isRunning }
}
