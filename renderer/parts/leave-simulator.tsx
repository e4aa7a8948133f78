import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../actions/use-action'
import { switchSimulator } from '../stores/server'

/** The way back from the simulator to this machine's own Ollama and GPUs. */
export function LeaveSimulator() {
  const { t } = useTranslation()
  const leave = useAction(() => switchSimulator(false))
  return (
    <Button variant="default" flex="none" loading={leave.isRunning} onClick={() => void leave.run()}>
      {t('frame.leaveSimulator')}
    </Button>
  )
}
