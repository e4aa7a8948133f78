import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../shared/contract/pulls'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Card } from '../../components/card'
import { LongName } from '../../components/long-name/long-name'
import { MemoryBar } from '../../components/memory-bar'
import { formatPercent, unknown } from '../../format/numbers'
import { formatByteRate, formatSize } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { cancelPull, pulls } from '../../stores/pulls'
import classes from './pulling-card.module.css'
import { TitleLink } from './title-link'

/** The pull under way and how many wait behind it. */
export function PullingCard() {
  const { t } = useTranslation()
  const queue = pulls.useValue() ?? []
  const running = queue.find((pull) => ['running', 'stalled', 'verifying'].includes(pull.state))
  const waiting = queue.filter((pull) => pull.state === 'waiting').length
  return (
    <Card
      title={<TitleLink href="/models">{t('overview.pulling.title')}</TitleLink>}
      aside={waiting > 0 ? t('overview.pulling.more', { count: waiting }) : null}
    >
      {running ? <Running pull={running} /> : <p className={classes.empty}>{t('overview.pulling.empty')}</p>}
    </Card>
  )
}

function Running({ pull }: { pull: Pull }) {
  const { t } = useTranslation()
  const format = useFormat()
  const cancel = useAction(() => cancelPull(pull.model))
  const share = pull.totalBytes ? pull.completedBytes / pull.totalBytes : null
  return (
    <div>
      <div className={classes.line}>
        <LongName className={classes.name}>{pull.model.name}</LongName>
        <span>{formatPercent(share)}</span>
      </div>
      <MemoryBar
        parts={[{ share: share ?? 0, color: 'var(--info)' }]}
        label={`${pull.model.name} ${formatPercent(share)}`}
      />
      <div className={classes.line} data-muted>
        <span>
          {t('overview.pulling.progress', {
            done: formatSize(pull.completedBytes),
            total: pull.totalBytes === null ? unknown : formatSize(pull.totalBytes),
            rate: formatByteRate(pull.bytesPerSecond),
          })}
        </span>
        <span>
          {pull.remainingMs === null ? '' : t('overview.pulling.left', { age: format.duration(pull.remainingMs) })}
        </span>
      </div>
      <BusyButton
        variant="default"
        size="compact-sm"
        mt={8}
        isBusy={cancel.isRunning}
        onClick={() => void cancel.run()}
      >
        {t('frame.cancel')}
      </BusyButton>
    </div>
  )
}
