import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import { highlight } from './highlight'
import classes from './markdown.module.css'

type Props = { code: string; language: string; isLive: boolean }

const liveEveryMs = 150

/** A piece of code: plain at first, coloured when it is in sight. What has come since the last colouring stays plain. */
export const CodePiece = memo(function CodePiece({ code, language, isLive }: Props) {
  const element = useRef<HTMLElement>(null)
  const [coloured, setColoured] = useState<{ code: string; content: ReactNode } | null>(null)
  const isInSight = useInSight(element)
  const latest = useRef(code)
  latest.current = code
  const wanted = isLive ? null : code // a live piece is coloured by the clock, a finished one by its text

  useEffect(() => {
    if (!isInSight || language === '') return
    const stop = new AbortController()
    const colour = async () => {
      const now = latest.current
      const content = await highlight(now, language, stop.signal)
      if (content && !stop.signal.aborted) setColoured({ code: now, content })
    }
    void colour()
    const timer = wanted === null ? setInterval(colour, liveEveryMs) : undefined
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [isInSight, language, wanted])

  const isFitting = coloured !== null && code.startsWith(coloured.code)
  return (
    <code ref={element} className={classes.piece} data-live={isLive || undefined}>
      {isFitting ? coloured.content : null}
      {isFitting ? code.slice(coloured.code.length) : code}
    </code>
  )
})

/** True once the element has come near the visible part. */
function useInSight(element: React.RefObject<HTMLElement | null>) {
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    if (!element.current || isInSight) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setInSight(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isInSight])
  return isInSight
}
