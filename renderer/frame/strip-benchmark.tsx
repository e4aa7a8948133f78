import { IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPercent } from '../format/numbers'
import { useFormat } from '../format/use-format'
import { benchProgress } from '../stores/bench'
import { StripNote, StripPart } from './strip-part'

/** A benchmark under way, wherever the user is. */
export function StripBenchmark() {
  const { t } = useTranslation()
  const format = useFormat()
  const { value, isStale } = benchProgress.use((state) => state)
  if (!value) return null
  const percent = formatPercent(value.progress)
  return (
    <StripPart href="/benchmark" label={t('benchmark.strip.label', { model: value.model, percent })} isDimmed={isStale}>
      <IconGauge size={15} stroke={1.8} color="var(--local)" aria-hidden />
      <span>{t('benchmark.strip.name', { percent })}</span>
      {value.remainingMs === null ? null : <StripNote>{format.duration(value.remainingMs)}</StripNote>}
    </StripPart>
  )
}
