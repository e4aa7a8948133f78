import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../../components/notice'
import { server, startServer } from '../../stores/server'
import { useAction } from '../../stores/use-action'
import classes from './playground-view.module.css'
import type { Blocked } from './use-chat-models'

type Props = { reason: Blocked }

/** Why nothing can be asked now, and the button that helps. */
export function BlockedNotice({ reason }: Props) {
  const { t } = useTranslation()
  if (reason === 'host-lost' || reason === 'loading') return null // the frame's banner says it, or it is over at once
  return (
    <div className={classes.blocked}>
      <Notice
        tone="info"
        title={t(`playground.blocked.${reason}.title`)}
        actions={reason === 'no-server' ? <StartServer /> : <PullModel />}
      >
        {t(`playground.blocked.${reason}.text`)}
      </Notice>
    </div>
  )
}

function StartServer() {
  const { t } = useTranslation()
  const { state } = server.useValue() ?? {}
  const start = useAction(startServer)
  const canStart = state === 'stopped' || state === 'crashed'
  return (
    <>
      {canStart ? (
        <Button variant="default" loading={start.isRunning} onClick={() => void start.run()}>
          {t('playground.blocked.no-server.start')}
        </Button>
      ) : null}
      <Button component={Link} href="/server" variant={canStart ? 'subtle' : 'default'}>
        {t('playground.blocked.no-server.action')}
      </Button>
    </>
  )
}

function PullModel() {
  const { t } = useTranslation()
  return (
    <Button component={Link} href="/models/pull" variant="default">
      {t('playground.blocked.no-model.action')}
    </Button>
  )
}
