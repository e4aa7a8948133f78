import { ActionIcon, Button } from '@mantine/core'
import { IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../shared/contract/pulls'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { MemoryBar } from '../../components/memory-bar'
import { formatPercent, unknown } from '../../format/numbers'
import { formatByteRate, formatSize } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { machine } from '../../stores/host'
import { addPull, cancelPull, dismissPull, pulls } from '../../stores/pulls'
import { useAction } from '../../stores/use-action'
import classes from './pull-list.module.css'

/** The queue: one bar a model, with speed and time left; what stopped can go on. */
export function PullList() {
  const { t } = useTranslation()
  const queue = pulls.useValue() ?? []
  const disk = machine.useValue()
  const running = queue.filter(({ state }) => ['running', 'stalled', 'verifying'].includes(state)).length
  const waiting = queue.filter(({ state }) => state === 'waiting').length
  return (
    <Card
      title={t('models.pulls.title')}
      aside={queue.length > 0 ? t('models.pulls.counts', { running, waiting }) : null}
    >
      {queue.length === 0 ? <p className={classes.empty}>{t('models.pulls.empty')}</p> : null}
      {queue.map((pull) => (
        <PullItem key={pull.model} pull={pull} />
      ))}
      {disk?.diskFreeBytes != null && disk.diskTotalBytes !== null ? (
        <div className={classes.disk}>
          <div className={classes.line}>
            <span>{t('models.pulls.disk')}</span>
            <span>
              {t('models.pulls.free', { free: formatSize(disk.diskFreeBytes), total: formatSize(disk.diskTotalBytes) })}
            </span>
          </div>
          <MemoryBar parts={[{ share: 1 - disk.diskFreeBytes / disk.diskTotalBytes, color: 'var(--muted)' }]} />
        </div>
      ) : null}
    </Card>
  )
}

function PullItem({ pull }: { pull: Pull }) {
  const { t } = useTranslation()
  const format = useFormat()
  const cancel = useAction(() => cancelPull(pull.model))
  const resume = useAction(() => addPull(pull.model))
  const dismiss = useAction(() => dismissPull(pull.model))
  const share = pull.totalBytes ? pull.completedBytes / pull.totalBytes : null
  const isOpen = ['running', 'stalled', 'verifying', 'waiting'].includes(pull.state)
  const color = pull.state === 'done' ? 'var(--good)' : isOpen ? 'var(--info)' : 'var(--faint)'
  return (
    <div className={classes.item} data-state={pull.state}>
      <div className={classes.line}>
        <strong className={classes.name} title={pull.model}>
          {pull.model}
        </strong>
        <span className={classes.side}>
          {pull.state === 'failed' ? (
            <Chip tone="bad">{t('models.pulls.states.failed')}</Chip>
          ) : pull.state === 'stopped' ? (
            <Chip tone="caution">{t('models.pulls.states.stopped', { percent: formatPercent(share ?? 0) })}</Chip>
          ) : pull.state === 'done' ? (
            <Chip tone="good">{t('models.pulls.states.done')}</Chip>
          ) : pull.state === 'waiting' ? (
            t('models.pulls.states.waiting')
          ) : (
            formatPercent(share)
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            loading={cancel.isRunning || dismiss.isRunning}
            aria-label={t(isOpen ? 'models.pulls.cancel' : 'models.pulls.dismiss', { model: pull.model })}
            onClick={() => void (isOpen ? cancel.run() : dismiss.run())}
          >
            <IconX size={16} />
          </ActionIcon>
        </span>
      </div>
      {pull.state === 'waiting' && pull.completedBytes === 0 ? null : (
        <MemoryBar parts={[{ share: share ?? 0, color }]} label={`${pull.model}: ${formatPercent(share)}`} />
      )}
      {isOpen && pull.state !== 'waiting' ? (
        <div className={classes.line} data-muted>
          <span>
            {t('models.pulls.progress', {
              done: formatSize(pull.completedBytes),
              total: pull.totalBytes === null ? unknown : formatSize(pull.totalBytes),
            })}
            {pull.bytesPerSecond ? ` · ${formatByteRate(pull.bytesPerSecond)}` : ''}
          </span>
          <span>
            {pull.state === 'verifying'
              ? t('models.pulls.states.verifying')
              : pull.state === 'stalled'
                ? t('models.pulls.states.stalled')
                : pull.remainingMs === null
                  ? ''
                  : t('models.pulls.left', { age: format.duration(pull.remainingMs) })}
          </span>
        </div>
      ) : null}
      {pull.failure ? (
        <div className={classes.failure} role="alert">
          <div>{t(`failure.${pull.failure.code}.what`)}.</div>
          <div className={classes.todo}>{t(`failure.${pull.failure.code}.todo`)}</div>
          {pull.failure.detail ? (
            <details>
              <summary>{t('frame.details')}</summary>
              <pre>{pull.failure.detail}</pre>
            </details>
          ) : null}
        </div>
      ) : null}
      {pull.state === 'stopped' || pull.state === 'failed' ? (
        <Button
          variant="default"
          size="compact-sm"
          mt={6}
          leftSection={<IconPlayerPlay size={14} />}
          loading={resume.isRunning}
          onClick={() => void resume.run()}
        >
          {t(pull.completedBytes > 0 ? 'models.pulls.resume' : 'frame.retry')}
        </Button>
      ) : null}
    </div>
  )
}
