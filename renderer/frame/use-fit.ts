import { useEffect, useRef } from 'react'

/** More room than is needed before something comes back: a figure that grows by a digit makes nothing flicker. */
const slackPixels = 20

/**
 * Lets a line leave something out until it fits: `data-tight` names the steps taken, such as "1 2 3", and what goes at a
 * step carries it as `data-goes`.
 */
export function useFit<Element extends HTMLElement>(stepCount: number) {
  const ref = useRef<Element>(null)
  useEffect(() => {
    const line = ref.current
    if (!line) return
    let frame = 0
    let taken = 0
    const fit = () => {
      frame = 0
      const before = taken
      for (taken = 0; taken <= stepCount; taken++) {
        line.dataset.tight = Array.from({ length: taken }, (_, step) => step + 1).join(' ')
        const needed = [...line.children].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0)
        if (needed <= line.clientWidth - (taken < before ? slackPixels : 0)) return
      }
    }
    const fitSoon = () => {
      frame ||= requestAnimationFrame(fit)
    }
    const sizes = new ResizeObserver(fitSoon)
    const observe = () => {
      sizes.disconnect()
      for (const element of [line, ...line.children]) sizes.observe(element)
    }
    const parts = new MutationObserver(observe)
    parts.observe(line, { childList: true })
    observe()
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      parts.disconnect()
    }
  }, [stepCount])
  return ref
}
