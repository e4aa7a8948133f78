import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../../format/numbers'
import classes from './log.module.css'
import type { LogList } from './use-log-list'

/** Which lines are in sight, and the way to newer ones. */
export function LogFoot({ list: { first, last, lineCount, cursor } }: { list: LogList }) {
  const { t } = useTranslation()
  const newer = lineCount - 1 - last
  const range = { first: formatCount(first + 1), last: formatCount(last + 1), all: formatCount(lineCount) }
  return (
    <div className={classes.foot}>
      <span>{lineCount === 0 ? '' : t('server.log.range', range)}</span>
      {cursor.follows || newer <= 0 ? null : (
        <Button
          className={classes.newer}
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowDown size={14} />}
          onClick={() => cursor.follow(true)}
        >
          {t('server.log.newer', { count: newer, shown: formatCount(newer) })}
        </Button>
      )}
    </div>
  )
}
