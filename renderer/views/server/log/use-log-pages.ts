import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LogLevel, LogLine } from '../../../../shared/contract/server-log'
import { filterOf, logSummary, readLog } from '../../../stores/server-log'

const pageSize = 200
/** Lines of so many pages beside those in sight are kept. */
const pagesBeside = 10

/** The lines of a level, or all, by their place; fetched a page at a time as they come into sight. */
export function useLogPages(level: LogLevel | null) {
  const summary = logSummary.useValue()
  const lastNumber = summary?.lastNumber ?? 0
  const firstNumber = lastNumber - (summary?.lineCount ?? 0) + 1
  const [matchCount, setMatchCount] = useState(0)
  const [, setVersion] = useState(0)
  const pages = useRef(new Map<number, LogLine[]>())
  const wanted = useRef<[number, number]>([0, 0])
  const knownCount = useRef(0)
  const filter = useMemo(() => filterOf(level), [level])
  /** What the held pages belong to; an answer for another filter, or for other places, comes too late. */
  const heldFilter = useRef(filter)
  const heldFirst = useRef(firstNumber)

  const fetchPage = useCallback(
    async (page: number) => {
      const first = heldFirst.current
      try {
        const window = await readLog({ ...filter, from: page * pageSize, count: pageSize })
        if (heldFilter.current !== filter || heldFirst.current !== first || window.firstNumber !== first) return
        // An empty one would be taken for one that is being fetched.
        if (window.lines.length === 0) pages.current.delete(page)
        else pages.current.set(page, window.lines)
        knownCount.current = window.matchCount
        setMatchCount(window.matchCount)
        setVersion((version) => version + 1)
      } catch {
        // The banner of a lost host says it; the lines come with the next look.
        if (pages.current.get(page)?.length === 0) pages.current.delete(page)
      }
    },
    [filter],
  )

  const want = useCallback(
    (first: number, last: number) => {
      wanted.current = [Math.floor(first / pageSize), Math.floor(last / pageSize)]
      for (const page of pages.current.keys()) {
        if (page < wanted.current[0] - pagesBeside || page > wanted.current[1] + pagesBeside) pages.current.delete(page)
      }
      for (let page = wanted.current[0]; page <= wanted.current[1]; page++) {
        const held = pages.current.get(page)?.length
        const isShort =
          held !== undefined && held > 0 && held < Math.min(pageSize, knownCount.current - page * pageSize)
        if (held !== undefined && !isShort) continue
        if (held === undefined) pages.current.set(page, [])
        void fetchPage(page)
      }
    },
    [fetchPage],
  )

  // Another filter, or a log that has lost its oldest lines, is another list. Its lines in sight are fetched at once: as
  // long a list asks for nothing anew.
  useEffect(() => {
    if (heldFilter.current === filter && heldFirst.current === firstNumber) return
    heldFilter.current = filter
    heldFirst.current = firstNumber
    pages.current.clear()
    const [first, last] = wanted.current
    for (const page of new Set([0, first, last])) void fetchPage(page)
  }, [filter, firstNumber, fetchPage])

  // New lines lengthen the last page in sight; the others stay as they are.
  useEffect(() => {
    if (lastNumber > 0) void fetchPage(wanted.current[1])
  }, [lastNumber, fetchPage])

  return {
    matchCount,
    /** Of the oldest kept line. */
    firstNumber,
    want,
    line: (place: number) => pages.current.get(Math.floor(place / pageSize))?.[place % pageSize],
  }
}
