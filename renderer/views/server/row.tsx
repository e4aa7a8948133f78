import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Arrival, useReveal } from '../../places/use-arrival'
import classes from './row.module.css'

type Props = {
  name: ReactNode
  variable?: string
  sentence: ReactNode
  control: ReactNode
  /** Below the control: what was, what is wrong. */
  underControl?: ReactNode
  standard: ReactNode
  inForce: ReactNode
  isChanged: boolean
  isUnknown?: boolean
  /** Somebody was led here: the row is marked for a moment. */
  arrival: Arrival | null
}

/** One setting: name and meaning, control, default, in force. A changed row carries a mark. */
export function Row({
  name,
  variable,
  sentence,
  control,
  underControl,
  standard,
  inForce,
  isChanged,
  isUnknown,
  arrival,
}: Props) {
  const { t } = useTranslation()
  const ref = useReveal<HTMLDivElement>(arrival)
  return (
    <div
      ref={ref}
      className={classes.row}
      data-changed={isChanged || undefined}
      data-unknown={isUnknown || undefined}
      data-marked={arrival !== null || undefined}
    >
      <div className={classes.words}>
        <div>
          <span className={classes.name}>{name}</span>{' '}
          {variable ? <code className={classes.variable}>{variable}</code> : null}
        </div>
        <div className={classes.sentence}>{sentence}</div>
      </div>
      <div className={classes.control}>
        {control}
        {underControl ? <div className={classes.under}>{underControl}</div> : null}
      </div>
      <div className={classes.standard} data-head={t('server.columns.default')}>
        {standard}
      </div>
      <div className={classes.inForce} data-head={t('server.columns.inForce')}>
        {inForce}
      </div>
    </div>
  )
}
