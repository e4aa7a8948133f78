import { useSyncExternalStore } from 'react'

const roomy = window.matchMedia('(min-width: 1700px) and (min-height: 900px)')

function subscribe(onChange: () => void) {
  roomy.addEventListener('change', onChange)
  return () => roomy.removeEventListener('change', onChange)
}

/** How tall the plot of a chart over time is, in pixels: more where the window has room for six of them. */
export const usePlotHeight = (): number => useSyncExternalStore(subscribe, () => (roomy.matches ? 200 : 126))
