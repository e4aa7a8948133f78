import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogSummary } from '../../../../shared/contract/server-log'
import { formatCount } from '../../../format/numbers'
import { formatSize } from '../../../format/sizes'
import classes from './log.module.css'
import type { LogList } from './use-log-list'

const fileText = ({ path, sizeBytes }: LogSummary['files'][number]) => `${path} · ${formatSize(sizeBytes)}`

type Props = { list: LogList; files: LogSummary['files'] }

/** Which lines are in sight, the way to newer ones, and the file they come from. */
export function LogFoot({ list: { first, last, lineCount, cursor }, files }: Props) {
  const { t } = useTranslation()
  const newer = lineCount - 1 - last
  const range = { first: formatCount(first + 1), last: formatCount(last + 1), all: formatCount(lineCount) }
  return (
    <div className={classes.foot}>
      <span>{lineCount === 0 ? '' : t('server.log.range', range)}</span>
      {files.length === 0 ? null : (
        <span className={classes.file} title={files.map(fileText).join('\n')}>
          {fileText(files.at(-1) ?? { path: '', sizeBytes: 0 })}
        </span>
      )}
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
