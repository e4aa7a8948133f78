import { IconRefresh } from '@tabler/icons-react'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'

/** For what was not found: it may have come since. */
export function LookAgain({ label, look }: { label: string; look: () => Promise<unknown> }) {
  const action = useAction(look)
  return (
    <BusyButton
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconRefresh size={14} />}
      isBusy={action.isRunning}
      onClick={() => void action.run()}
    >
      {label}
    </BusyButton>
  )
}
