import { ActionIcon, Button, CopyButton } from '@mantine/core'
import { IconCopy, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogLine } from '../../../../shared/contract/server-log'
import { beginsCrash, endsInNativeCode } from '../../../../shared/ollama/crash'
import { formatCount } from '../../../format/numbers'
import { formatClock } from '../../../format/times'
import { useFormat } from '../../../format/use-format'
import classes from './log.module.css'

/** Of the report of a crash, which stands in the log as one line. */
function crashReason({ level, text }: LogLine): 'native-crash' | 'panic' | null {
  const lines = text.split('\n')
  if (level !== 'error' || !beginsCrash(lines[0] ?? '')) return null
  return endsInNativeCode(lines) ? 'native-crash' : 'panic'
}

/** A line in full, as it was written. */
export function LogLineDetails({ line, onClose }: { line: LogLine; onClose: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const title = t('server.log.line', { number: formatCount(line.number) })
  const reason = crashReason(line)
  return (
    <section className={classes.details} aria-label={title} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <div className={classes.detailsHead}>
        <span>{title}</span>
        <span className={classes.faint}>{`${format.day(line.atMs)} ${formatClock(line.atMs)}`}</span>
        <CopyButton value={line.text}>
          {({ copied, copy }) => (
            <Button ml="auto" variant="default" size="compact-sm" leftSection={<IconCopy size={14} />} onClick={copy}>
              {copied ? t('frame.copied') : t('server.log.copyLine')}
            </Button>
          )}
        </CopyButton>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label={t('server.log.closeLine')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {reason ? (
        <p className={classes.reason}>
          {format.sentences([
            t('server.log.crashed', { count: line.text.split('\n').length }),
            t(`server.crashed.reasons.${reason}`, {}),
          ])}
        </p>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled with the keyboard */}
      <pre className={classes.whole} tabIndex={0}>
        {line.text}
      </pre>
    </section>
  )
}
