import { useEffect, useRef, useState } from 'react'
import type { LogLevel, LogMatch } from '../../../../shared/contract/server-log'
import { filterOf, logSummary } from '../../../stores/server-log'
import { useLogMatch } from './use-log-match'

const typingPauseMs = 150
const countEveryMs = 1000

type Needs = { level: LogLevel | null; numberInSight: number; goTo: (found: LogMatch | null) => void }

/** What is looked for in the log: gone to as it is typed, counted anew while the log grows. */
export function useLogSearch({ level, numberInSight, goTo }: Needs) {
  const [search, setSearch] = useState('')
  const lastNumber = logSummary.useValue()?.lastNumber
  const { match, found, look, forget } = useLogMatch()
  const searchFrom = (number: number, direction: 'here' | 'next' | 'previous') =>
    look({ ...filterOf(level), search, fromNumber: number, direction })
  const typed = useRef('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it begins is not what it waits for
  useEffect(() => {
    const isTyped = typed.current !== search
    typed.current = search
    if (search.trim() === '') return forget()
    const lookHere = async () => {
      const here = await searchFrom(found?.number ?? numberInSight, 'here')
      if (isTyped) goTo(here) // another level is no wish to go anywhere
    }
    const timer = setTimeout(() => void lookHere(), typingPauseMs)
    return () => clearTimeout(timer)
  }, [search, level])
  const countedAtMs = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines are what it waits for
  useEffect(() => {
    if (search.trim() === '' || match === null) return
    const timer = setTimeout(
      () => {
        countedAtMs.current = Date.now()
        void searchFrom(found?.number ?? 0, 'here')
      },
      Math.max(0, countedAtMs.current + countEveryMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [lastNumber])

  const move = (direction: 'next' | 'previous') => {
    if (search.trim() !== '') void searchFrom(found?.number ?? numberInSight, direction).then(goTo)
  }
  return { search, setSearch, match, move, forget }
}
