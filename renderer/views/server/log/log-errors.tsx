import { Button } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogMatch } from '../../../../shared/contract/server-log'
import { formatCount } from '../../../format/numbers'
import classes from './log.module.css'

type Props = { errorCount: number; found: LogMatch | null; onLook: (direction: 'here' | 'next') => void }

/** The ways to the first error and the next, and which of them the reader stands at. */
export function LogErrors({ errorCount, found, onLook }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.errors}>
      {found && errorCount > 0 ? (
        <span role="status">
          {t('server.log.errorRank', { rank: formatCount(found.rank), count: formatCount(found.matchCount) })}
        </span>
      ) : null}
      <Button.Group>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconAlertCircle size={14} color={errorCount > 0 ? 'var(--bad)' : undefined} />}
          disabled={errorCount === 0}
          onClick={() => onLook('here')}
        >
          {t('server.log.firstError')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={errorCount === 0}
          aria-label={t('server.log.nextError')}
          onClick={() => onLook('next')}
        >
          {t('server.log.nextShort')}
        </Button>
      </Button.Group>
    </div>
  )
}
