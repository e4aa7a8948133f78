import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chip'

/** A figure that a simulator made says so wherever it is shown. */
export function SimulatedChip({ isSimulated }: { isSimulated: boolean }) {
  const { t } = useTranslation()
  if (!isSimulated) return null
  return (
    <span style={{ alignSelf: 'center' }}>
      <Chip tone="caution">{t('frame.simulated')}</Chip>
    </span>
  )
}
