import type { ReactNode } from 'react'
import classes from './chip.module.css'

type Props = {
  tone?: 'plain' | 'accent' | 'good' | 'caution' | 'bad' | 'info'
  icon?: ReactNode
  title?: string
  children: ReactNode
}

/** A state in a word or two, on a soft ground; the colour never speaks alone. */
export function Chip({ tone = 'plain', icon, title, children }: Props) {
  return (
    <span className={classes.chip} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  )
}
