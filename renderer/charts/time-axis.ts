import { linePath } from './line-path'

const minuteMs = 60_000
const minutesApart = [1, 2, 3, 5, 10, 15, 30, 60]
const mostMarks = 6

/** Round clock times between two moments, six at most. */
export function clockMarks(fromMs: number, toMs: number): number[] {
  const apartMs = (minutesApart.find((minutes) => (toMs - fromMs) / (minutes * minuteMs) <= mostMarks) ?? 60) * minuteMs
  const marks: number[] = []
  for (let at = Math.ceil(fromMs / apartMs) * apartMs; at <= toMs; at += apartMs) marks.push(at)
  return marks
}

export type Stretch = { fromMs: number; toMs: number }

/** The stretches in which no series has a value. */
export function gapsOf(
  atMs: readonly number[],
  stepMs: number,
  series: readonly (readonly (number | null)[])[],
): Stretch[] {
  const gaps: Stretch[] = []
  atMs.forEach((fromMs, place) => {
    if (series.some((values) => values[place] != null)) return
    const last = gaps.at(-1)
    if (last?.toMs === fromMs) last.toMs = fromMs + stepMs
    else gaps.push({ fromMs, toMs: fromMs + stepMs })
  })
  return gaps
}

export type Axis = { from: number; to: number; marks: number[] }

const roundSteps = [1, 2, 2.5, 5, 10]

/** An axis from 0 to a round end at or above `highest`, with four to six marks. */
export function axisFromZero(highest: number): Axis {
  const wanted = Math.max(highest, 1e-6) / 5
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = (roundSteps.find((factor) => factor * power >= wanted * (1 - 1e-9)) ?? 10) * power
  return marked(0, Math.ceil(highest / step - 1e-9) * step, step)
}

/** An axis in steps that begins and ends at `usual`, and grows by whole steps for what lies outside. */
export function axisAround(usual: [from: number, to: number], step: number, values: readonly (number | null)[]): Axis {
  let [from, to] = usual
  for (const value of values) {
    if (value === null) continue
    while (value < from) from -= step
    while (value > to) to += step
  }
  return marked(from, to, step)
}

/** An axis with its end given, in four equal parts. */
export const axisInQuarters = (to: number): Axis => marked(0, to, to / 4)

function marked(from: number, to: number, step: number): Axis {
  const count = Math.max(1, Math.round((to - from) / step))
  return { from, to: from + count * step, marks: Array.from({ length: count + 1 }, (_, place) => from + place * step) }
}

/** A series' line through the middle of each step, in steps across and thousandths of the axis down. */
export const seriesPath = (values: readonly (number | null)[], { from, to }: Axis): string =>
  linePath(
    values.map((value, place) =>
      value === null
        ? null
        : { x: place + 0.5, y: Math.round(((to - Math.min(to, Math.max(from, value))) / (to - from)) * 1000) },
    ),
  )

/** Lines that lie this close keep the order of their labels, or the labels would change places all the time. */
const closePixels = 6

/** Places of labels, in pixels from the top, moved apart so that none covers another. */
export function apart(places: readonly number[], distance: number, height: number): number[] {
  const order = places
    .map((_, index) => index)
    .sort((a, b) => {
      const distance = (places[a] ?? 0) - (places[b] ?? 0)
      return Math.abs(distance) < closePixels ? a - b : distance
    })
  const moved = [...places]
  let free = Number.NEGATIVE_INFINITY
  for (const index of order) {
    moved[index] = Math.max(places[index] ?? 0, free)
    free = (moved[index] ?? 0) + distance
  }
  let limit = height
  for (const index of order.reverse()) {
    moved[index] = Math.min(moved[index] ?? 0, limit)
    limit = (moved[index] ?? 0) - distance
  }
  return moved
}
