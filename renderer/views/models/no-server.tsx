import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { server, startServer } from '../../stores/server'
import { useAction } from '../../stores/use-action'

/** The server lists the models, and it is not there: the button that brings it, or the way to where it is mended. */
export function NoServer() {
  const { t } = useTranslation()
  const state = server.useValue()?.state
  const start = useAction(startServer)
  const canStart = state === 'stopped' || state === 'crashed' || state === 'starting'
  return (
    <Card>
      <Empty
        sentence={t('models.noServer')}
        action={
          canStart ? (
            <Button
              variant="default"
              loading={start.isRunning || state === 'starting'}
              onClick={() => void start.run()}
            >
              {t('models.startServer')}
            </Button>
          ) : (
            <Button component={Link} href="/server" variant="default">
              {t('models.toServer')}
            </Button>
          )
        }
      />
    </Card>
  )
}
