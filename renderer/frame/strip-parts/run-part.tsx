import { IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { benchProgress } from '../../stores/bench'
import { StripNote, StripPart, StripPiece } from '../strip-part'

/** The benchmark under way, wherever the user is. */
export function RunPart() {
  const { t } = useTranslation()
  const format = useFormat()
  const { value, isStale } = benchProgress.use((state) => state)
  if (!value) return null
  const name = t('frame.benchmark', { percent: formatPercent(value.progress) })
  const rest = value.remainingMs === null ? '' : format.duration(value.remainingMs)
  return (
    <StripPart href="/benchmark" label={`${name} ${rest} · ${value.model.name}`} isDimmed={isStale}>
      <IconGauge size={14} stroke={1.8} color="var(--info)" aria-hidden />
      <span>{name}</span>
      <StripNote>
        <StripPiece>{rest}</StripPiece>
      </StripNote>
    </StripPart>
  )
}
