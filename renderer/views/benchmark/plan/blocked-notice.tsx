import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../../../components/notice'
import { server, startServer } from '../../../stores/server'
import { useAction } from '../../../stores/use-action'

/** Why nothing can be measured now, and the button that helps. */
export function BlockedNotice({ reason }: { reason: 'no-server' | 'no-model' }) {
  const { t } = useTranslation()
  return (
    <Notice
      tone="info"
      title={t(`benchmark.blocked.${reason}.title`)}
      actions={
        reason === 'no-server' ? (
          <StartServer />
        ) : (
          <Button component={Link} href="/models/pull" variant="default">
            {t('benchmark.blocked.no-model.action')}
          </Button>
        )
      }
    />
  )
}

function StartServer() {
  const { t } = useTranslation()
  const state = server.useValue()?.state
  const start = useAction(startServer)
  if (state === 'stopped' || state === 'crashed') {
    return (
      <Button variant="default" loading={start.isRunning} onClick={() => void start.run()}>
        {t('benchmark.blocked.no-server.start')}
      </Button>
    )
  }
  return (
    <Button component={Link} href="/server" variant="default">
      {t('benchmark.blocked.no-server.open')}
    </Button>
  )
}
