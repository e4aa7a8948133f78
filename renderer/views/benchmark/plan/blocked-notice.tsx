import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../../../components/notice'
import { StartServer } from '../../../parts/start-server'

/** Why nothing can be measured now, and the button that helps. */
export function BlockedNotice({ reason }: { reason: 'no-server' | 'no-model' }) {
  const { t } = useTranslation()
  return (
    <Notice
      tone="info"
      title={t(`benchmark.blocked.${reason}.title`)}
      actions={
        reason === 'no-server' ? (
          <StartServer start={t('benchmark.blocked.no-server.start')} open={t('benchmark.blocked.no-server.open')} />
        ) : (
          <Button component={Link} href="/models/pull" variant="default">
            {t('benchmark.blocked.no-model.action')}
          </Button>
        )
      }
    />
  )
}
