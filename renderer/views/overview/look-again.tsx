import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useAction } from '../../actions/use-action'

/** For what was not found: it may have come since. */
export function LookAgain({ label, look }: { label: string; look: () => Promise<unknown> }) {
  const action = useAction(look)
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconRefresh size={14} />}
      loading={action.isRunning}
      onClick={() => void action.run()}
    >
      {label}
    </Button>
  )
}
