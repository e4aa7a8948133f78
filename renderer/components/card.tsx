import type { ReactNode } from 'react'
import classes from './card.module.css'

type Props = {
  title?: ReactNode
  /** Small grey words at the right of the title. */
  aside?: ReactNode
  /** Without its own padding, for tables and lists. */
  isFlush?: boolean
  isDimmed?: boolean
  className?: string | undefined
  children: ReactNode
}

/** A group of things that belong together: a hairline, no shadow. */
export function Card({ title, aside, isFlush, isDimmed, className, children }: Props) {
  return (
    <section
      className={[classes.card, className].filter(Boolean).join(' ')}
      data-flush={isFlush || undefined}
      data-dimmed={isDimmed || undefined}
    >
      {title ? (
        <header className={classes.header}>
          <h2 className={classes.title}>{title}</h2>
          {aside ? <div className={classes.aside}>{aside}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  )
}
