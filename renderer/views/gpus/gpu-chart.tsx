import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GpuHistory } from '../../../shared/contract/gpus'
import { TimeChart } from '../../charts/time-chart'
import { formatCount, unknown } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { axisOf, type CardFrame, marksOf, powerLimits, type Quantity, seriesOf } from './chart-model'

type Props = {
  quantity: Quantity
  history: GpuHistory
  cards: readonly CardFrame[]
  cursor: number | null
  onCursor: (place: number | null) => void
}

const units: Record<Quantity, string> = {
  utilizationPercent: '%',
  memoryUsedBytes: 'GiB',
  powerWatts: 'W',
  temperatureCelsius: '°C',
  coreClockMegahertz: 'MHz',
  fanPercent: '%',
}

/** One quantity of all cards over time. Drawn anew with new points and with the crosshair, not with each reading. */
export const GpuChart = memo(function GpuChart({ quantity, history, cards, cursor, onCursor }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const model = useMemo(() => {
    const series = seriesOf(history, cards, quantity)
    return {
      series,
      axis: axisOf(quantity, series, cards),
      limits: quantity === 'powerWatts' ? powerLimits(cards) : [],
      marks: quantity === 'coreClockMegahertz' ? marksOf(history, cards) : [],
    }
  }, [history, cards, quantity])
  const unit = units[quantity]
  return (
    <TimeChart
      title={t(`words.cards.quantities.${quantity}`)}
      unit={model.marks.length > 0 ? `${unit} · ${t('gpus.marks')}` : unit}
      atMs={history.atMs}
      stepMs={history.stepMs}
      series={model.series}
      axis={model.axis}
      marks={model.marks}
      limits={model.limits.map((watts) => ({ value: watts, words: t('gpus.limit', { watts: formatCount(watts) }) }))}
      format={(value) => (value === null ? unknown : withUnit(value, quantity))}
      formatMark={formatCount}
      {...(quantity === 'utilizationPercent' && {
        nameGap: (durationMs: number) => t('words.gap', { duration: format.duration(roundGap(durationMs)) }),
      })}
      cursor={cursor}
      onCursor={onCursor}
    />
  )
})

function withUnit(value: number, quantity: Quantity): string {
  if (quantity === 'memoryUsedBytes') return `${value.toFixed(1)} GiB`
  const isPercent = units[quantity] === '%'
  return `${formatCount(Math.round(value))}${isPercent ? '%' : ` ${units[quantity]}`}`
}

/** Past two minutes the seconds of a gap say nothing. */
const roundGap = (durationMs: number) => (durationMs > 120_000 ? Math.round(durationMs / 60_000) * 60_000 : durationMs)
