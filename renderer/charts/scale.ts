/** Where an axis may end, and the distance of its marks, as parts of a power of ten. */
const ends = [
  [1, 0.5],
  [1.5, 0.5],
  [2, 1],
  [3, 1],
  [4, 2],
  [5, 2.5],
  [6, 2],
  [8, 4],
  [10, 5],
] as const

/** The next round number at or above a value, at which an axis can end. */
export function roundCeiling(value: number): number {
  return axisEnd(value).ceiling
}

/** Round marks from 0 to the end of an axis, two to four of them. */
export function ticksTo(ceiling: number): number[] {
  const { step } = axisEnd(ceiling)
  return Array.from({ length: Math.round(ceiling / step) + 1 }, (_, place) => place * step)
}

function axisEnd(value: number): { ceiling: number; step: number } {
  if (!(value > 0)) return { ceiling: 1, step: 0.5 }
  const power = 10 ** Math.floor(Math.log10(value))
  const [end, step] = ends.find(([factor]) => factor * power >= value * (1 - 1e-9)) ?? [10, 5]
  return { ceiling: end * power, step: step * power }
}

/** A mark's number without the digits that say nothing: 50, 2.5, 0.2. */
export const formatTick = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US')

/** Room for the longest of an axis's marks at 11 px, and for what stands between it and the axis. */
export const axisWidth = (ticks: readonly number[]): number =>
  Math.max(36, 12 + 6.5 * Math.max(0, ...ticks.map((tick) => formatTick(tick).length)))

/** Marks of a logarithmic axis that holds both ends: 1, 2 and 5 of each power of ten. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) ticks.push(factor * 10 ** power)
  }
  const first = ticks.findLastIndex((tick) => tick <= low * (1 + 1e-9))
  const last = ticks.findIndex((tick) => tick >= high * (1 - 1e-9))
  return ticks.slice(Math.max(0, first), last + 1)
}

/** The median of each value and those before it, as far as `reach` back: 12 holds whole rounds of 2, 3 and 4 streams. */
export function runningMedian(values: readonly number[], reach = 12): number[] {
  return values.map((_, place) => {
    const window = values.slice(Math.max(0, place - reach + 1), place + 1).sort((a, b) => a - b)
    const middle = (window.length - 1) / 2
    return ((window[Math.floor(middle)] ?? 0) + (window[Math.ceil(middle)] ?? 0)) / 2
  })
}
