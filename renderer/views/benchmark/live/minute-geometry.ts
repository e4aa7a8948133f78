import { gapsOf } from '../../../charts/time-axis'

export const minuteMs = 60_000

/** Time to pixels: the minute that ends at `endMs` between `left` and `left + width`. */
export type Scale = { endMs: number; width: number; left: number }

export const toX = ({ endMs, width, left }: Scale, atMs: number): number =>
  left + (width * Math.min(minuteMs, Math.max(0, atMs - endMs + minuteMs))) / minuteMs

/** Few lanes have room for words; many become stripes. */
export const laneHeight = (count: number): number => (count <= 8 ? 28 : count <= 16 ? 14 : 9)

/** Where the parts of the picture lie, in pixels. */
export function layout(laneCount: number, rowHeight: number) {
  const rateTop = 18
  const rateHeight = 76
  const inFlightTop = rateTop + rateHeight + 14
  const inFlightHeight = 24
  const lanesTop = inFlightTop + inFlightHeight + 10
  const height = lanesTop + Math.max(1, laneCount) * rowHeight + 22
  return { left: 54, right: 8, rateTop, rateHeight, inFlightTop, inFlightHeight, lanesTop, height }
}

export type Point = { x: number; value: number }

type Seconds = { endMs: number }

const beginOf = (rate: Seconds, count: number, place: number) => rate.endMs - (count - place) * 1000

/** A value a second, drawn at the middle of its second; the last one ends at `endMs` of the series. A gap parts the stretches. */
export function secondStretches(rate: Seconds, values: readonly (number | null)[], scale: Scale): Point[][] {
  const stretches: Point[][] = []
  let isOpen = false
  values.forEach((value, place) => {
    const atMs = beginOf(rate, values.length, place) + 500
    if (atMs < scale.endMs - minuteMs) return
    if (value !== null) {
      if (!isOpen) stretches.push([])
      stretches.at(-1)?.push({ x: toX(scale, atMs), value })
    }
    isOpen = value !== null
  })
  return stretches
}

/** Where nothing was heard within the picture, in pixels, and for how long. */
export function secondGaps(rate: Seconds, values: readonly (number | null)[], scale: Scale) {
  const begins = values.map((_, place) => beginOf(rate, values.length, place))
  return gapsOf(begins, 1000, [values])
    .filter(({ toMs }) => toMs > scale.endMs - minuteMs)
    .map(({ fromMs, toMs }) => ({ from: toX(scale, fromMs), to: toX(scale, toMs), durationMs: toMs - fromMs }))
}

/** At each place the mean of what is known of the last `count` values up to it; a gap stays one. */
export function meanOfLast(values: readonly (number | null)[], count: number): (number | null)[] {
  return values.map((value, place) => {
    if (value === null) return null
    const known = values.slice(Math.max(0, place + 1 - count), place + 1).filter((one) => one !== null)
    return known.reduce((sum, one) => sum + one, 0) / known.length
  })
}
