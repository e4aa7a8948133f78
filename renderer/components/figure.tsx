import type { ReactNode } from 'react'
import classes from './figure.module.css'

type Props = {
  label: ReactNode
  value: ReactNode
  unit?: ReactNode
  note?: ReactNode
  /** The one figure of a card that is meant to be seen from afar. */
  isLarge?: boolean
}

/** A number with its name above and its unit beside it. */
export function Figure({ label, value, unit, note, isLarge }: Props) {
  return (
    <div className={classes.figure} data-large={isLarge || undefined}>
      <div className={classes.label}>{label}</div>
      <div className={classes.line}>
        <span className={classes.value}>{value}</span>
        {unit ? <span className={classes.unit}>{unit}</span> : null}
      </div>
      {note ? <div className={classes.note}>{note}</div> : null}
    </div>
  )
}
