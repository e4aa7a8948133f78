import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../../shared/contract/pulls'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { Card } from '../../../components/card'
import { dismissPull, pulls } from '../../../stores/pulls'
import { DiskBar } from './disk-bar'
import { PullRow } from './pull-row'
import classes from './pulls-card.module.css'

const groups: [key: 'running' | 'paused' | 'waiting' | 'failed', states: Pull['state'][]][] = [
  ['running', ['running', 'stalled', 'verifying']],
  ['paused', ['stopped']],
  ['waiting', ['waiting']],
  ['failed', ['failed']],
]

/** What moves comes first, what is over last; a pull that is paused keeps its place. */
const ranks: Record<Pull['state'], number> = {
  running: 0,
  stalled: 0,
  verifying: 0,
  stopped: 0,
  waiting: 1,
  failed: 2,
  done: 3,
}

/** Several that failed alike tell why once. */
const hasSameReason = (left: Pull, right: Pull) =>
  left.failure?.code !== 'quantizationUnknown' && // it names the model
  left.failure?.code === right.failure?.code &&
  left.failure?.detail === right.failure?.detail

type Props = { modelBytes: number | null; isServing: boolean }

/** The queue, one bar a pull, and the disk it fills. */
export function PullsCard({ modelBytes, isServing }: Props) {
  const { t } = useTranslation()
  const { value, isStale } = pulls.use((state) => state)
  const queue = [...(value ?? [])].sort((a, b) => ranks[a.state] - ranks[b.state])
  const failed = queue.filter(({ state }) => state === 'failed')
  const clear = useAction(() => Promise.all(failed.map(({ model }) => dismissPull(model))))
  const counts = groups.flatMap(([key, states]) => {
    const count = queue.filter(({ state }) => states.includes(state)).length
    return count > 0 ? [t(`models.pulls.count.${key}`, { count })] : []
  })
  return (
    <Card title={t('models.pulls.title')} aside={counts.join(t('models.comma'))} isDimmed={isStale}>
      {queue.length === 0 ? (
        <p className={classes.empty}>{t('models.pulls.empty')}</p>
      ) : (
        <ul className={classes.list}>
          {queue.map((pull) => (
            <PullRow
              key={pull.model.name}
              pull={pull}
              isServing={isServing}
              isReasonTold={failed.slice(0, failed.indexOf(pull)).some((earlier) => hasSameReason(earlier, pull))}
            />
          ))}
        </ul>
      )}
      {failed.length > 1 ? (
        <BusyButton
          variant="default"
          size="compact-sm"
          mt={12}
          isBusy={clear.isRunning}
          onClick={() => void clear.run()}
        >
          {t('models.pulls.clearFailed', { count: failed.length })}
        </BusyButton>
      ) : null}
      <DiskBar modelBytes={modelBytes} pulls={queue} />
    </Card>
  )
}
