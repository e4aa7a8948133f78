import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { useAction } from '../actions/use-action'
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
  const state = server.useValue()?.state
  const action = useAction(startServer)
  const canStart = state === 'stopped' || state === 'crashed' || state === 'starting'
  return (
    <>
      {canStart ? (
        <Button variant="default" loading={action.isRunning || state === 'starting'} onClick={() => void action.run()}>
          {start}
        </Button>
      ) : null}
      {canStart && !opensToo ? null : (
        <Button component={Link} href="/server" variant={canStart ? 'subtle' : 'default'}>
          {open}
        </Button>
      )}
    </>
  )
}
