import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './conversation.module.css'

const foldedLength = 1500

type Props = { text: string | null }

/** What the user asked: as typed, long ones folded. */
export function QuestionRow({ text }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isLong = (text?.length ?? 0) > foldedLength
  return (
    <div className={classes.question}>
      <div className={classes.asker}>{t('playground.you')}</div>
      <div className={classes.asked}>
        {isLong && !isOpen ? `${text?.slice(0, foldedLength)}…` : (text ?? ' ')}
        {isLong ? (
          <button type="button" className={classes.unfold} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? t('playground.less') : t('playground.more')}
          </button>
        ) : null}
      </div>
    </div>
  )
}
