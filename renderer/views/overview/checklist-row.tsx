import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './checklist-row.module.css'

export type StepState = 'done' | 'current' | 'waiting' | 'caution' | 'absent'

type Props = {
  number: number
  state: StepState
  title: ReactNode
  /** Grey words beside the title. */
  note?: ReactNode
  sentence?: ReactNode
  /** A quiet button at the right. */
  aside?: ReactNode
  children?: ReactNode
}

/** One step: its mark, what it is, and what can be done about it. */
export function ChecklistRow({ number, state, title, note, sentence, aside, children }: Props) {
  const { t } = useTranslation()
  return (
    <li className={classes.row} data-state={state}>
      <span className={classes.mark} role="img" aria-label={t(`overview.checklist.states.${state}`)}>
        {state === 'done' ? (
          <IconCheck size={14} stroke={2.4} />
        ) : state === 'caution' ? (
          <IconAlertTriangle size={14} stroke={2} />
        ) : state === 'absent' ? (
          <IconMinus size={14} stroke={2.4} />
        ) : (
          number
        )}
      </span>
      <div className={classes.body}>
        <div className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          <span className={classes.note}>{note}</span>
          <span className={classes.aside}>{aside}</span>
        </div>
        {sentence ? <p className={classes.sentence}>{sentence}</p> : null}
        {children ? <div className={classes.content}>{children}</div> : null}
      </div>
    </li>
  )
}
