import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../shared/contract/gpus'
import { formatCount, unknown } from '../format/numbers'
import { formatGibibytes, formatMemory } from '../format/sizes'

const whole = (value: number | null | undefined) => (value == null ? unknown : formatCount(Math.round(value)))

/** What a card says of itself now, each as a value and its unit; a dash where it or its driver does not say. */
export function useCardReadings({ latest, memoryTotalBytes }: Gpu) {
  const { t } = useTranslation()
  const total = memoryTotalBytes === null ? 'GiB' : t('words.cards.of', { whole: formatMemory(memoryTotalBytes) })
  const limit =
    latest?.powerLimitWatts == null ? 'W' : t('words.cards.of', { whole: `${formatCount(latest.powerLimitWatts)} W` })
  return {
    utilization: { value: whole(latest?.utilizationPercent), unit: '%' },
    memory: { value: formatGibibytes(latest?.memoryUsedBytes ?? null), unit: total },
    power: { value: whole(latest?.powerWatts), unit: limit },
    temperature: { value: whole(latest?.temperatureCelsius), unit: '°C' },
    clock: { value: whole(latest?.coreClockMegahertz), unit: 'MHz' },
    fan: { value: whole(latest?.fanPercent), unit: '%' },
  }
}
