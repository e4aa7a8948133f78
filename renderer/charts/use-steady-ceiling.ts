import { useRef } from 'react'
import { roundCeiling } from './scale'

const patienceMs = 8000

/** The end of a live axis: grows at once, shrinks only when half of it has been empty for a while, so the picture does not breathe. */
export function useSteadyCeiling(highest: number, nowMs: number): number {
  const held = useRef({ ceiling: 0, neededAtMs: 0 })
  const wanted = roundCeiling(highest)
  const { current } = held
  if (wanted > current.ceiling) current.ceiling = wanted
  if (wanted * 2 > current.ceiling) current.neededAtMs = nowMs
  else if (nowMs - current.neededAtMs > patienceMs) current.ceiling = wanted
  return current.ceiling
}
