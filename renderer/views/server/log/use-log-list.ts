import { useVirtualizer } from '@tanstack/react-virtual'
import { type UIEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { LogLevel } from '../../../../shared/contract/server-log'
import { filterOf, findInLog } from '../../../stores/server-log'
import { useLogPages } from './use-log-pages'

const rowHeight = 20

/**
 * The list of a level's lines, or all: which are in sight, which one is current, whether the end is followed, and the
 * way to a place. Only the lines in sight are fetched.
 */
export function useLogList(level: LogLevel | null) {
  const [follows, setFollows] = useState(true)
  const [currentPlace, setCurrentPlace] = useState<number | null>(null)
  const pages = useLogPages(level)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: pages.matchCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 30,
  })
  const items = rows.getVirtualItems()
  const { want } = pages
  const firstHeld = items[0]?.index ?? 0
  const lastHeld = items.at(-1)?.index ?? 0
  useEffect(() => want(firstHeld, lastHeld), [want, firstHeld, lastHeld])
  const height = rows.scrollRect?.height ?? 0
  // Not by the row's number: while the list still grows that stops short of the end.
  useEffect(() => {
    if (follows && pages.matchCount > 0 && height > 0) scroller.current?.scrollTo({ top: pages.matchCount * rowHeight })
  }, [follows, pages.matchCount, height])

  const first = rows.range?.startIndex ?? 0
  const last = Math.min(rows.range?.endIndex ?? 0, pages.matchCount - 1)
  const numberInSight = pages.line(first)?.number ?? 0

  /** Where to go once the list is long enough; another level's list comes a moment later. */
  const [target, setTarget] = useState<number | null>(null)
  useEffect(() => {
    if (target === null || target >= pages.matchCount || height === 0) return
    scroller.current?.scrollTo({ top: (target + 0.5) * rowHeight - height / 2 })
    setTarget(null)
  }, [target, pages.matchCount, height])
  const go = useCallback((place: number) => {
    setFollows(false)
    setCurrentPlace(place)
    setTarget(place)
  }, [])

  // When the oldest lines are dropped, what is in sight stays in sight.
  const sight = useRef({ number: 0, place: 0 })
  const { firstNumber } = pages
  // biome-ignore lint/correctness/useExhaustiveDependencies: dropped lines are what it waits for
  useEffect(() => {
    const { number, place } = sight.current
    if (follows || number === 0) return
    const keep = async () => {
      const found = await findInLog({ ...filterOf(level), fromNumber: number, direction: 'here' })
      if (!found) return
      const moved = found.place - place
      scroller.current?.scrollBy({ top: moved * rowHeight })
      setCurrentPlace((before) => (before === null || before + moved < 0 ? null : before + moved))
    }
    void keep().catch(() => {}) // the banner of a lost host says it
  }, [firstNumber])
  useEffect(() => {
    sight.current = { number: numberInSight, place: first }
  }, [numberInSight, first])

  const lastTop = useRef(0)
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent) => {
    const isUp = scrollTop < lastTop.current - 2
    lastTop.current = scrollTop
    // Not because the list became shorter: then it stands at its end.
    if (isUp && scrollHeight - scrollTop - clientHeight > 2 * rowHeight) setFollows(false)
  }

  /** By a step up or down; what leaves the sight is followed. */
  const step = (by: number) => {
    if (currentPlace === null) return
    const place = Math.max(0, Math.min(pages.matchCount - 1, currentPlace + by))
    setCurrentPlace(place)
    if (place <= first || place >= last) setTarget(place)
  }
  /** Another level's list has other places. */
  const forgetPlaces = () => {
    setCurrentPlace(null)
    setTarget(null)
  }
  return {
    scroller,
    items,
    height: rows.getTotalSize(),
    lineCount: pages.matchCount,
    line: pages.line,
    first,
    last,
    numberInSight,
    follows,
    setFollows,
    currentPlace,
    setCurrentPlace,
    go,
    step,
    forgetPlaces,
    onScroll,
  }
}
