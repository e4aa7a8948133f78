import type { ReactNode } from 'react'
import classes from './empty.module.css'

type Props = { icon?: ReactNode; sentence: ReactNode; action?: ReactNode }

/** Nothing here yet: one sentence on what will be, one button that makes it happen. */
export function Empty({ icon, sentence, action }: Props) {
  return (
    <div className={classes.empty}>
      {icon ? <div className={classes.icon}>{icon}</div> : null}
      <p className={classes.sentence}>{sentence}</p>
      {action}
    </div>
  )
}
