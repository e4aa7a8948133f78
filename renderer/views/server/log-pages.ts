import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LogLevel, LogLine } from '../../../shared/contract/server-log'
import { logSummary, readLog } from '../../stores/server-log'

const pageSize = 200
const typingPauseMs = 150

/** The matching lines by their place, fetched a page at a time as they come into sight. */
export function useLogPages(levels: LogLevel[] | undefined, search: string) {
  const lastNumber = logSummary.useValue()?.lastNumber ?? 0
  const [matchCount, setMatchCount] = useState(0)
  const [, setVersion] = useState(0)
  const pages = useRef(new Map<number, LogLine[]>())
  const wanted = useRef<[number, number]>([0, 0])
  const levelKey = levels?.join(' ') ?? ''
  const filter = useMemo(
    () => ({
      ...(levelKey === '' ? {} : { levels: levelKey.split(' ') as LogLevel[] }),
      ...(search === '' ? {} : { search }),
    }),
    [levelKey, search],
  )
  const isNothing = levels !== undefined && levels.length === 0

  const fetchPage = useCallback(
    async (page: number) => {
      try {
        const window = await readLog({ ...filter, from: page * pageSize, count: pageSize })
        pages.current.set(page, window.lines)
        setMatchCount(window.matchCount)
        setVersion((version) => version + 1)
      } catch {
        // The banner of a lost host says it; the lines come with the next look.
      }
    },
    [filter],
  )

  const want = useCallback(
    (first: number, last: number) => {
      wanted.current = [Math.floor(first / pageSize), Math.floor(last / pageSize)]
      for (let page = wanted.current[0]; page <= wanted.current[1]; page++) {
        if (!pages.current.has(page)) {
          pages.current.set(page, [])
          void fetchPage(page)
        }
      }
    },
    [fetchPage],
  )

  // Another filter is another list.
  useEffect(() => {
    const timer = setTimeout(() => {
      pages.current.clear()
      if (isNothing) setMatchCount(0)
      else void fetchPage(0)
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [fetchPage, isNothing])

  // New lines lengthen the last page in sight; the others stay as they are.
  useEffect(() => {
    if (isNothing || lastNumber === 0) return
    void fetchPage(wanted.current[1])
  }, [lastNumber, fetchPage, isNothing])

  return {
    matchCount: isNothing ? 0 : matchCount,
    want,
    line: (place: number) => pages.current.get(Math.floor(place / pageSize))?.[place % pageSize],
    /** What has been fetched, in order: what the user has seen. */
    known: () => [...pages.current.entries()].sort(([left], [right]) => left - right).flatMap(([, lines]) => lines),
  }
}
