import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../../shared/contract/pulls'
import { Card } from '../../../components/card'
import { pulls } from '../../../stores/pulls'
import { DiskBar } from './disk-bar'
import { PullRow } from './pull-row'
import classes from './pulls-card.module.css'

const groups: [key: 'running' | 'waiting' | 'stopped' | 'failed', states: Pull['state'][]][] = [
  ['running', ['running', 'stalled', 'verifying']],
  ['waiting', ['waiting']],
  ['stopped', ['stopped']],
  ['failed', ['failed']],
]

/** What moves comes first, what is over last. */
const rank = ({ state }: Pull) => {
  const place = groups.findIndex(([, states]) => states.includes(state))
  return place < 0 ? groups.length : place
}

type Props = { modelBytes: number | null; isServing: boolean }

/** The queue, one bar a pull, and the disk it fills. */
export function PullsCard({ modelBytes, isServing }: Props) {
  const { t } = useTranslation()
  const { value, isStale } = pulls.use((state) => state)
  const queue = [...(value ?? [])].sort((a, b) => rank(a) - rank(b))
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
            <PullRow key={pull.model} pull={pull} isServing={isServing} />
          ))}
        </ul>
      )}
      <DiskBar modelBytes={modelBytes} pulls={queue} />
    </Card>
  )
}
