import { IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { liveRun } from '../../stores/bench'
import { StripNote, StripPart } from '../strip-part'

/** The benchmark under way. */
export function RunPart() {
  const { t } = useTranslation()
  const format = useFormat()
  const live = liveRun.useValue()
  if (!live) return null
  return (
    <StripPart href="/benchmark" label={t('frame.screens.benchmark')}>
      <IconGauge size={14} stroke={1.8} color="var(--info)" aria-hidden />
      <span>
        {t('frame.screens.benchmark')} {formatPercent(live.progress)}
      </span>
      <StripNote>{live.remainingMs === null ? '' : format.duration(live.remainingMs)}</StripNote>
    </StripPart>
  )
}
