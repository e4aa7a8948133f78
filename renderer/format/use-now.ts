import { useEffect, useState } from 'react'

/** The time, again every so often while the page is visible: for ages and countdowns. */
export function useNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNowMs(Date.now())
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
