import { IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { benchProgress } from '../../stores/bench'
import { StripPart, StripPiece } from '../strip-part'

/** The benchmark under way, wherever the user is. */
export function RunPart() {
  const { t } = useTranslation()
  const format = useFormat()
  const { value, isStale } = benchProgress.use((state) => state)
  if (!value) return null
  const percent = formatPercent(value.progress)
  const name = t('frame.benchmark', { percent })
  const rest = value.remainingMs === null ? '' : format.duration(value.remainingMs)
  return (
    <StripPart href="/benchmark" label={`${name} ${rest} · ${value.model.name}`} isDimmed={isStale}>
      <IconGauge size={14} stroke={1.8} color="var(--info)" aria-hidden />
      <StripPiece is="name" isGrey={false}>
        {t('frame.screens.benchmark')}
      </StripPiece>
      <span>{percent}</span>
      {rest ? <StripPiece is="timeLeft">{rest}</StripPiece> : null}
    </StripPart>
  )
}
