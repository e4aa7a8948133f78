import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import { gpuColor } from '../../charts/colors'
import { type Axis, axisAround, axisFromZero, axisInQuarters } from '../../charts/time-axis'
import type { TimeMarks, TimeSeries } from '../../charts/time-series'

type CardSeries = GpuHistory['cards'][number]
export type Quantity = keyof Omit<CardSeries, 'uuid' | 'powerCappedShare' | 'slowedShare'>

/** What of a card does not change from reading to reading: with it and a history, the charts are drawn anew only for new points. */
export type CardFrame = Pick<Gpu, 'uuid' | 'index' | 'memoryTotalBytes'> & { powerLimitWatts: number | null }

const gibibyte = 2 ** 30
const colorsKnown = 4

export function seriesOf(history: GpuHistory, cards: readonly CardFrame[], quantity: Quantity): TimeSeries[] {
  return history.cards.flatMap((series) => {
    const card = cards.find(({ uuid }) => uuid === series.uuid)
    if (!card) return []
    const values = quantity === 'memoryUsedBytes' ? series[quantity].map(inGibibytes) : series[quantity]
    return {
      id: card.uuid,
      name: `GPU ${card.index}`,
      color: gpuColor(card.index),
      isDashed: card.index >= colorsKnown,
      values,
    }
  })
}

const inGibibytes = (sizeBytes: number | null) => (sizeBytes === null ? null : sizeBytes / gibibyte)

/** Rows under the clock: when the power limit held a card back, and when heat or hardware did. */
export function marksOf(history: GpuHistory, cards: readonly CardFrame[]): TimeMarks[] {
  return cards.flatMap(({ uuid }) => {
    const series = history.cards.find((candidate) => candidate.uuid === uuid)
    if (!series) return []
    return [
      { id: `${uuid} capped`, color: 'var(--caution)', shares: series.powerCappedShare },
      { id: `${uuid} slowed`, color: 'var(--bad)', shares: series.slowedShare },
    ].filter(({ shares }) => shares.some((share) => share !== null && share > 0))
  })
}

/** An axis that does not move with its values, as far as the quantity has ends of its own. */
export function axisOf(quantity: Quantity, series: readonly TimeSeries[], cards: readonly CardFrame[]): Axis {
  const values = series.flatMap((line) => [...line.values])
  const highest = (known: readonly (number | null)[]) =>
    known.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  switch (quantity) {
    case 'utilizationPercent':
      return axisInQuarters(100)
    case 'fanPercent':
      return highest(values) > 100 ? axisFromZero(highest(values)) : axisInQuarters(100)
    case 'memoryUsedBytes': {
      const total = highest(cards.map(({ memoryTotalBytes }) => inGibibytes(memoryTotalBytes)))
      return total > 0 ? axisInQuarters(Math.ceil(total)) : axisFromZero(highest(values))
    }
    case 'powerWatts':
      return axisFromZero(
        Math.max(highest(cards.map(({ powerLimitWatts }) => powerLimitWatts)) * 1.05, highest(values)),
      )
    case 'temperatureCelsius':
      return axisAround([30, 90], 15, values)
    case 'coreClockMegahertz':
      return axisFromZero(Math.max(highest(values), 1000))
  }
}

/** The power limits, each once. */
export function powerLimits(cards: readonly CardFrame[]): number[] {
  return [...new Set(cards.flatMap(({ powerLimitWatts }) => powerLimitWatts ?? []))]
}
