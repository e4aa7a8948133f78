import { useTranslation } from 'react-i18next'
import { isTooWide } from '../../../shared/measure/interval'
import type { Estimate } from '../../../shared/measure/result'
import { formatMeasure } from '../../format/numbers'
import classes from './estimated.module.css'

type Props = { estimate: Estimate | null; divisor?: number; isRange?: boolean }

/** A figure with its interval in smaller grey; nothing stands where too little was seen for one. */
export function Estimated({ estimate, divisor = 1, isRange }: Props) {
  return (
    <span className={classes.estimated}>
      <b>{formatMeasure(estimate && estimate.value / divisor)}</b>
      {estimate ? <EstimateInterval estimate={estimate} divisor={divisor} isRange={isRange ?? false} /> : null}
    </span>
  )
}

function EstimateInterval({ estimate, divisor = 1, isRange = false }: Props & { estimate: Estimate }) {
  const { t } = useTranslation()
  const words = isTooWide(estimate) ? t('benchmark.scattered') : intervalWords(estimate, divisor, isRange)
  return words ? <span className={classes.interval}>{words}</span> : null
}

/** The interval in words: its half width, or both its ends; null where too little was seen for one, or it says nothing. */
export function intervalWords(estimate: Estimate, divisor = 1, isRange = false): string | null {
  const { low, high } = estimate
  if (low === null || high === null || isTooWide(estimate)) return null
  if (isRange) return `${formatMeasure(low / divisor)} – ${formatMeasure(high / divisor)}`
  return `± ${formatMeasure((high - low) / 2 / divisor)}`
}
