import { IconBrain, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'

const drawnLength = 20_000

type Props = { text: string; isLive: boolean }

/** What the model thought before it answered: plain text, folded; while it thinks, the last line shows. */
export function ThinkingRow({ text, isLive }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const lastLine = isLive ? text.slice(-200).trimEnd().split('\n').at(-1) : null
  return (
    <div className={classes.thinking}>
      <button
        type="button"
        className={classes.thinkingHead}
        onClick={() => setOpen(!isOpen)}
        aria-expanded={isOpen}
        data-live={isLive || undefined}
      >
        <IconBrain size={15} stroke={1.8} aria-hidden />
        <span>{isLive ? t('playground.thinking') : t('playground.thought')}</span>
        <IconChevronRight size={14} stroke={1.8} className={classes.chevron} aria-hidden />
      </button>
      {isOpen ? <div className={classes.thoughts}>{text.slice(-drawnLength)}</div> : null}
      {!isOpen && lastLine ? <div className={classes.lastThought}>{lastLine}</div> : null}
    </div>
  )
}
