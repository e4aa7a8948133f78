import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LogLevel, LogSummary } from '../../../../shared/contract/server-log'
import { formatCount } from '../../../format/numbers'
import classes from './log.module.css'

const levels: LogLevel[] = ['error', 'warn', 'info', 'access', 'debug', 'plain']

type Props = { level: LogLevel | null; summary: LogSummary | null; onChoose: (level: LogLevel | null) => void }

/** The levels, each with how many lines have it; null is all. */
export function LogLevels({ level, summary, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('server.log.level')}
      value={level ?? 'all'}
      onChange={(value) => onChoose(value === 'all' ? null : (value as LogLevel))}
      data={[
        { value: 'all', label: counted(t('server.log.all'), summary?.lineCount) },
        ...levels.map((name) => ({
          value: name,
          label: counted(t(`server.log.levels.${name}`), summary?.counts[name]),
        })),
      ]}
    />
  )
}

function counted(name: string, count: number | undefined) {
  return (
    <>
      {name} <span className={classes.levelCount}>{count ? formatCount(count) : ''}</span>
    </>
  )
}
