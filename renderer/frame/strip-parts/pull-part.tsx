import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { pulls } from '../../stores/pulls'
import { StripName, StripPart, StripPiece } from '../strip-part'

/** The pull under way: its name, how far, how long still. */
export function PullPart() {
  const { t } = useTranslation()
  const format = useFormat()
  const running = (pulls.useValue() ?? []).find(({ state }) => ['running', 'stalled', 'verifying'].includes(state))
  if (!running) return null
  const share = running.totalBytes ? running.completedBytes / running.totalBytes : null
  return (
    <StripPart href="/models" label={t('frame.pull', { model: running.model.name })}>
      <IconDownload size={14} stroke={1.8} color="var(--info)" aria-hidden />
      <StripName>{running.model.name}</StripName> <span>{formatPercent(share)}</span>
      {running.state === 'stalled' ? (
        <StripPiece is="timeLeft">{t('frame.stalled')}</StripPiece>
      ) : running.remainingMs === null ? null : (
        <StripPiece is="timeLeft">{format.duration(running.remainingMs)}</StripPiece>
      )}
    </StripPart>
  )
}
