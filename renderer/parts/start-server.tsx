import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { serverPowers } from '../../shared/ollama/server-powers'
import { useAction } from '../actions/use-action'
import { BusyButton } from '../components/busy-button'
import { server, startServer } from '../stores/server'

type Props = {
  start: string
  /** For the way to the server's own screen, where the button cannot help. */
  open: string
  /** The way there stands beside the button as well. */
  opensToo?: boolean
}

/** For a screen that wants a running server: the button that starts it, or the way to where it is mended. */
export function StartServer({ start, open, opensToo = false }: Props) {
  const state = server.useValue()
  const action = useAction(startServer)
  const isStarting = state?.state === 'starting'
  const canStart = isStarting || (state !== null && serverPowers(state).mayStart)
  return (
    <>
      {canStart ? (
        <BusyButton variant="default" isBusy={action.isRunning || isStarting} onClick={() => void action.run()}>
          {start}
        </BusyButton>
      ) : null}
      {canStart && !opensToo ? null : (
        <Button component={Link} href="/server" variant={canStart ? 'subtle' : 'default'}>
          {open}
        </Button>
      )}
    </>
  )
}
