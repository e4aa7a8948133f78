import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import classes from './gpu-card.module.css'

/** A card that has not answered since Corral began: the driver names its place, nobody can say what it is. */
export function UnreachableCard({ title, reason }: { title: string; reason: string }) {
  const { t } = useTranslation()
  return (
    <Card>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        <span className={classes.chip}>
          <Chip tone="bad">{t('words.cards.lost')}</Chip>
        </span>
      </header>
      <LostWords reason={reason} />
    </Card>
  )
}

/** Why a card no longer answers, and what brings it back. */
export function LostWords({ reason }: { reason: string }) {
  const { t } = useTranslation()
  const isReset = /reset/i.test(reason)
  return (
    <div className={classes.lost} role="alert">
      <IconPlugConnectedX size={18} stroke={1.8} aria-hidden />
      <div>
        <p>{reason === 'no reading' ? t('gpus.lost.silent') : t('gpus.lost.says', { words: reason })}</p>
        <p>{t(isReset ? 'gpus.lost.reset' : 'gpus.lost.todo')}</p>
      </div>
    </div>
  )
}
