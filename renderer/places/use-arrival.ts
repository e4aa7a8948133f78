import { useEffect, useRef, useState } from 'react'
import { useLocation, useRoute } from 'wouter'

const markedForMs = 2500

/** Somebody has just come to this place of a screen. */
export type Arrival = { place: string }

/**
 * The place that the address names below that of a screen, such as `/server/settings/port`. It is told for a moment and
 * leaves the address at once, so that the same way leads there again.
 */
export function useArrival(screen: string, places: readonly string[]): Arrival | null {
  const [, navigate] = useLocation()
  const [, route] = useRoute(`${screen}/:place`)
  const place = places.find((known) => known === route?.place) ?? null
  const [arrival, setArrival] = useState<Arrival | null>(null)
  useEffect(() => {
    if (place === null) return
    setArrival({ place })
    navigate(screen, { replace: true })
  }, [place, screen, navigate])
  useEffect(() => {
    if (arrival === null) return
    const timer = setTimeout(() => setArrival(null), markedForMs)
    return () => clearTimeout(timer)
  }, [arrival])
  return arrival
}

/** For the element of a place: with an arrival it comes in sight, and what can be changed in it gets the focus. */
export function useReveal<Element extends HTMLElement>(arrival: Arrival | null) {
  const ref = useRef<Element>(null)
  useEffect(() => {
    if (arrival === null || ref.current === null) return
    ref.current.scrollIntoView({ block: 'center' })
    const control =
      ref.current.querySelector<HTMLElement>('input:checked') ?? ref.current.querySelector('input, button')
    control?.focus({ preventScroll: true })
  }, [arrival])
  return ref
}
