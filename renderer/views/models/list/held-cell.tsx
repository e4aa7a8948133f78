import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../../format/numbers'
import { useFormat } from '../../../format/use-format'
import { useNow } from '../../../format/use-now'
import classes from './models-table.module.css'
import type { ModelRow } from './sort-models'

/** Whether a model is in memory: its share on the cards, and how long it stays. */
export function HeldCell({ row: { held, doing } }: { row: ModelRow }) {
  const { t } = useTranslation()
  if (doing !== null) {
    return (
      <span className={classes.held}>
        <Loader size={12} /> {t(`models.held.doing.${doing}`)}
      </span>
    )
  }
  if (!held) return <span className={classes.note}>{t('models.held.onDisk')}</span>
  const share = held.sizeBytes > 0 ? held.vramBytes / held.sizeBytes : 0
  return (
    <span
      className={classes.held}
      title={t(share === 0 ? 'models.held.processorHint' : 'models.held.shareHint', { share: formatPercent(share) })}
    >
      <span className={classes.dot} data-part={share < 1 || undefined} aria-hidden />
      {share === 0 ? t('models.held.processor') : formatPercent(share)}
      <Until expiresAtMs={held.expiresAtMs} />
    </span>
  )
}

function Until({ expiresAtMs }: { expiresAtMs: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  const leftMs = expiresAtMs === null ? null : expiresAtMs - now
  return (
    <span className={classes.until}>
      {leftMs === null
        ? t('models.held.stays')
        : leftMs <= 0
          ? t('models.held.answering')
          : format.duration(leftMs > 60_000 ? Math.floor(leftMs / 60_000) * 60_000 : leftMs)}
    </span>
  )
}
