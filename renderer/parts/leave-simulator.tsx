import { useTranslation } from 'react-i18next'
import { useAction } from '../actions/use-action'
import { BusyButton } from '../components/busy-button'
import { switchSimulator } from '../stores/server'

/** The way back from the simulator to this machine's own Ollama and GPUs. */
export function LeaveSimulator() {
  const { t } = useTranslation()
  const leave = useAction(() => switchSimulator(false))
  return (
    <BusyButton variant="default" flex="none" isBusy={leave.isRunning} onClick={() => void leave.run()}>
      {t('frame.leaveSimulator')}
    </BusyButton>
  )
}
