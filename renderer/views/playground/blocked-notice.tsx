import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../../components/notice'
import { StartServer } from '../../parts/start-server'
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
        actions={reason === 'no-server' ? <NoServer /> : <ToModels reason={reason} />}
      >
        {t(`playground.blocked.${reason}.text`)}
      </Notice>
    </div>
  )
}

function NoServer() {
  const { t } = useTranslation()
  return (
    <StartServer
      start={t('playground.blocked.no-server.start')}
      open={t('playground.blocked.no-server.action')}
      opensToo
    />
  )
}

/** Where a model is pulled, or where it is said why none is listed. */
function ToModels({ reason }: { reason: 'no-model' | 'unlisted' }) {
  const { t } = useTranslation()
  return (
    <Button component={Link} href={reason === 'no-model' ? '/models/pull' : '/models'} variant="default">
      {t(`playground.blocked.${reason}.action`)}
    </Button>
  )
}
