import { useTranslation } from 'react-i18next'
import { Notice } from '../../components/notice'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import classes from './gpus-view.module.css'

/** The values below are old, and how old. */
export function StaleNotice({ receivedAtMs }: { receivedAtMs: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nowMs = useNow(1000)
  return (
    <div className={classes.notice}>
      <Notice tone="caution" title={t('gpus.stale', { age: format.duration(nowMs - (receivedAtMs ?? nowMs)) })} />
    </div>
  )
}
