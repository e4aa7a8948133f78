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
  return { left: 40, right: 8, rateTop, rateHeight, inFlightTop, inFlightHeight, lanesTop, height }
}

export type Point = { x: number; value: number }

/** A value a second, drawn at the middle of its second; the last one ends at `endMs` of the series. */
export function secondPoints(rate: { endMs: number }, values: readonly number[], scale: Scale): Point[] {
  return values.flatMap((value, place) => {
    const atMs = rate.endMs - (values.length - place - 0.5) * 1000
    return atMs >= scale.endMs - minuteMs ? [{ x: toX(scale, atMs), value }] : []
  })
}

export function linePath(points: readonly Point[], y: (value: number) => number): string {
  return points
    .map(({ x, value }, place) => `${place === 0 ? 'M' : 'L'}${x.toFixed(1)},${y(value).toFixed(1)}`)
    .join('')
}

/** At each place the mean of the last `count` values up to it. */
export function meanOfLast(values: readonly number[], count: number): number[] {
  let sum = 0
  return values.map((value, place) => {
    sum += value - (place >= count ? (values[place - count] ?? 0) : 0)
    return sum / Math.min(count, place + 1)
  })
}
