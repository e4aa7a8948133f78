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

/** The interval alone, after a figure that stands elsewhere. */
export function EstimateInterval({ estimate, divisor = 1, isRange = false }: Props & { estimate: Estimate }) {
  const { low, high } = estimate
  if (low === null || high === null) return null
  return (
    <span className={classes.interval}>
      {isRange
        ? `${formatMeasure(low / divisor)} – ${formatMeasure(high / divisor)}`
        : `± ${formatMeasure((high - low) / 2 / divisor)}`}
    </span>
  )
}
