import type { ReactNode } from 'react'
import classes from './page.module.css'

type Props = {
  title: string
  /** One line: the state in words. */
  sentence?: ReactNode
  /** Buttons at the top right; one primary at most. */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of every screen: title, the state in one sentence, its actions, then the content. */
export function Page({ title, sentence, actions, children }: Props) {
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          <p className={classes.sentence}>{sentence}</p>
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}
