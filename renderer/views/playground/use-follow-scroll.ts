import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const nearPixels = 40

/**
 * Keeps a list at its end while it grows or its window shrinks, and lets go as soon as the user scrolls up. `change` is
 * anything that differs when the list may have grown. Gives whether it follows, and a way to do so again.
 */
export function useFollowScroll(element: RefObject<HTMLElement | null>, change: unknown) {
  const [isFollowing, setFollowing] = useState(true)
  const follows = useRef(true)
  const set = useCallback((next: boolean) => {
    follows.current = next
    setFollowing(next)
  }, [])

  useEffect(() => {
    const scroller = element.current
    if (!scroller) return
    let lastTop = scroller.scrollTop
    let lastHeight = scroller.scrollHeight
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller
      const isAtEnd = scrollHeight - scrollTop - clientHeight < nearPixels
      // Up by hand, not because the list shrank or a row above was measured anew.
      if (scrollTop < lastTop - 2 && scrollHeight >= lastHeight && !isAtEnd) set(false)
      else if (isAtEnd && scrollTop > lastTop) set(true)
      lastTop = scrollTop
      lastHeight = scrollHeight
    }
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && scroller.scrollHeight > scroller.clientHeight) set(false)
    }
    // Before the list draws anew for the same event: measuring after that would lay the page out twice.
    scroller.addEventListener('scroll', onScroll, { passive: true, capture: true })
    scroller.addEventListener('wheel', onWheel, { passive: true })
    const resizes = new ResizeObserver(() => {
      if (follows.current) scroller.scrollTop = scroller.scrollHeight
    })
    resizes.observe(scroller)
    return () => {
      resizes.disconnect()
      scroller.removeEventListener('scroll', onScroll, { capture: true })
      scroller.removeEventListener('wheel', onWheel)
    }
  }, [element, set])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change is what it waits for
  useLayoutEffect(() => {
    const scroller = element.current
    if (scroller && follows.current) scroller.scrollTop = scroller.scrollHeight
  }, [element, change])

  const follow = useCallback(() => {
    set(true)
    const scroller = element.current
    if (scroller) scroller.scrollTop = scroller.scrollHeight
  }, [element, set])
  return { isFollowing, follow }
}
