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
  const words = intervalWords(estimate, divisor, isRange)
  return words ? <span className={classes.interval}>{words}</span> : null
}

/** The interval in words: its half width, or both its ends; null where too little was seen for one. */
export function intervalWords({ low, high }: Estimate, divisor = 1, isRange = false): string | null {
  if (low === null || high === null) return null
  if (isRange) return `${formatMeasure(low / divisor)} – ${formatMeasure(high / divisor)}`
  return `± ${formatMeasure((high - low) / 2 / divisor)}`
}
