import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { LogLevel } from '../../../../shared/contract/server-log'
import { filterOf, findInLog, logSummary, readLog } from '../../../stores/server-log'
import { LogCursor, rowHeight } from './log-cursor'
import { LogPages } from './log-pages'

const emptyLog = { lastNumber: 0, lineCount: 0 }

/** The list of a level's lines, or all: its lines, the reader's place in it, and what of it is in sight and so fetched. */
export function useLogList(level: LogLevel | null) {
  const { lastNumber, lineCount } = logSummary.useValue() ?? emptyLog
  const filter = useMemo(() => filterOf(level), [level])
  const scroller = useRef<HTMLDivElement>(null)
  const [pages] = useState(() => new LogPages(readLog))
  const [cursor] = useState(() => new LogCursor(() => scroller.current))
  useSyncExternalStore(pages.subscribe, () => pages.version)
  useSyncExternalStore(cursor.subscribe, () => cursor.version)
  const { matchCount } = pages
  const rows = useVirtualizer({
    count: matchCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 30,
  })
  const items = rows.getVirtualItems()
  const firstHeld = items[0]?.index ?? 0
  const lastHeld = items.at(-1)?.index ?? 0
  const height = rows.scrollRect?.height ?? 0
  const first = rows.range?.startIndex ?? 0
  const last = Math.min(rows.range?.endIndex ?? 0, matchCount - 1)
  const numberInSight = pages.line(first)?.number ?? 0
  const firstNumber = lastNumber - lineCount + 1

  useEffect(() => pages.show(filter, { lastNumber, lineCount }), [pages, filter, lastNumber, lineCount])
  useEffect(() => pages.want(firstHeld, lastHeld), [pages, firstHeld, lastHeld])
  useEffect(() => cursor.laidOut(matchCount, height), [cursor, matchCount, height])
  // Before it sees anew: what was in sight is what has to stay.
  // biome-ignore lint/correctness/useExhaustiveDependencies: dropped lines are what it waits for
  useEffect(() => {
    const placeOf = async (number: number) =>
      (await findInLog({ ...filter, fromNumber: number, direction: 'here' }))?.place ?? null
    void cursor.dropped(placeOf)
  }, [firstNumber])
  useEffect(() => cursor.see(numberInSight, first, last), [cursor, numberInSight, first, last])
  return {
    pages,
    cursor,
    scroller,
    items,
    height: rows.getTotalSize(),
    lineCount: matchCount,
    first,
    last,
    numberInSight,
  }
}

export type LogList = ReturnType<typeof useLogList>
