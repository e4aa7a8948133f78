import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Chip } from '../components/chip'
import { server } from '../stores/server'

/** Says on every screen that Ollama and the GPUs are simulated, while they are. */
export function SimulatedMark() {
  const { t } = useTranslation()
  const isSimulated = server.useValue()?.isSimulated ?? false
  if (!isSimulated) return null
  return (
    <Tooltip label={t('frame.simulatedHint')} multiline w={280}>
      <Link href="/settings/simulator">
        <Chip tone="caution">{t('frame.simulated')}</Chip>
      </Link>
    </Tooltip>
  )
}
