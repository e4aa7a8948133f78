import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { Notice } from '../../components/notice'
import classes from './playground-view.module.css'
import type { Blocked } from './use-chat-models'

type Props = { reason: Blocked }

/** Why nothing can be asked now, and the button that helps. */
export function BlockedNotice({ reason }: Props) {
  const { t } = useTranslation()
  if (reason === 'host-lost' || reason === 'loading') return null // the frame's banner says it, or it is over at once
  const screen = reason === 'no-server' ? 'server' : 'models'
  return (
    <div className={classes.blocked}>
      <Notice
        tone="info"
        title={t(`playground.blocked.${reason}.title`)}
        actions={
          <Button component={Link} href={`/${screen}`} variant="default">
            {t(`playground.blocked.${reason}.action`)}
          </Button>
        }
      >
        {t(`playground.blocked.${reason}.text`)}
      </Notice>
    </div>
  )
}
