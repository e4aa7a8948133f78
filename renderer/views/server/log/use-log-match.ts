import { useCallback, useRef, useState } from 'react'
import type { LogMatch, LogQuestion } from '../../../../shared/contract/server-log'
import { findInLog } from '../../../stores/server-log'

/** The line that was found last, or that none was; an answer that comes after a newer question is dropped. */
export function useLogMatch() {
  const [match, setMatch] = useState<LogMatch | 'none' | null>(null)
  const asked = useRef(0)
  const look = useCallback(async (question: LogQuestion): Promise<LogMatch | null> => {
    const turn = ++asked.current
    try {
      const found = await findInLog(question)
      if (turn !== asked.current) return null
      setMatch(found ?? 'none')
      return found
    } catch {
      return null // the banner of a lost host says it
    }
  }, [])
  const forget = useCallback(() => {
    asked.current += 1
    setMatch(null)
  }, [])
  return { match, found: match === 'none' ? null : match, look, forget }
}
