import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chip'
import classes from './simulated-chip.module.css'

/** A figure that a simulator made says so wherever it is shown. */
export function SimulatedChip({ isSimulated }: { isSimulated: boolean }) {
  const { t } = useTranslation()
  if (!isSimulated) return null
  return (
    <span className={classes.place}>
      <Chip tone="caution">{t('frame.simulated')}</Chip>
    </span>
  )
}
