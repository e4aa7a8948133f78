import { CloseButton } from '@mantine/core'
import { IconCircleCheck, IconExclamationCircle, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../../shared/contract/pulls'
import { showDone } from '../../../actions/notify'
import { useAction } from '../../../actions/use-action'
import { BusyButton, BusyIcon } from '../../../components/busy-button'
import { Chip } from '../../../components/chip'
import { LongName } from '../../../components/long-name/long-name'
import { MemoryBar } from '../../../components/memory-bar'
import { formatPercent, unknown } from '../../../format/numbers'
import { formatByteRate, formatSize } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import { addPull, cancelPull, dismissPull } from '../../../stores/pulls'
import classes from './pulls-card.module.css'

type Props = { pull: Pull; isServing: boolean }

/** One pull: how far, how fast, how long still; or why it does not go on and the button that makes it. */
export function PullRow({ pull, isServing }: Props) {
  const share = pull.totalBytes ? pull.completedBytes / pull.totalBytes : null
  return (
    <li className={classes.pull} aria-label={pull.model.name}>
      <div className={classes.head}>
        <LongName className={classes.name}>{pull.model.name}</LongName>
        <State pull={pull} share={share} />
        <Actions pull={pull} />
      </div>
      {share === null || pull.state === 'done' ? null : (
        <MemoryBar
          parts={[{ share, color: barColor(pull.state) }]}
          label={`${pull.model.name} ${formatPercent(share)}`}
        />
      )}
      <Words pull={pull} isServing={isServing} />
    </li>
  )
}

const barColor = (state: Pull['state']) =>
  state === 'running' || state === 'verifying' ? 'var(--info)' : state === 'stalled' ? 'var(--caution)' : 'var(--faint)'

function State({ pull: { state, finishedAtMs }, share }: { pull: Pull; share: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  switch (state) {
    case 'failed':
      return (
        <Chip tone="bad" icon={<IconExclamationCircle size={13} aria-hidden />}>
          {share ? t('models.pulls.failedAt', { share: formatPercent(share) }) : t('models.pulls.failed')}
        </Chip>
      )
    case 'stopped':
      return (
        <Chip icon={<IconPlayerPause size={13} aria-hidden />}>
          {share ? t('models.pulls.stoppedAt', { share: formatPercent(share) }) : t('models.pulls.stopped')}
        </Chip>
      )
    case 'done':
      return (
        <Chip tone="good" icon={<IconCircleCheck size={13} aria-hidden />}>
          {t('models.pulls.done', { time: finishedAtMs === null ? '' : format.moment(finishedAtMs) })}
        </Chip>
      )
    default:
      return <span className={classes.share}>{share === null ? '' : formatPercent(share)}</span>
  }
}

function Actions({ pull: { model, state } }: { pull: Pull }) {
  const { t } = useTranslation()
  const pause = useAction(() => cancelPull(model))
  const again = useAction(() => addPull(model))
  const dismiss = useAction(async () => {
    await dismissPull(model)
    if (state !== 'done') showDone(t('models.pulls.dropped', { model: model.name }), () => void again.run())
  })
  if (state === 'stopped' || state === 'failed') return null
  return (
    <span className={classes.actions}>
      {state === 'running' || state === 'stalled' ? (
        <BusyIcon
          variant="subtle"
          color="gray"
          size={28}
          isBusy={pause.isRunning}
          aria-label={t('models.pulls.pause', { model: model.name })}
          title={t('models.pulls.pauseHint')}
          onClick={() => void pause.run()}
        >
          <IconPlayerPause size={15} stroke={1.8} />
        </BusyIcon>
      ) : null}
      <CloseButton
        size={28}
        iconSize={15}
        disabled={dismiss.isRunning}
        aria-label={t(state === 'done' ? 'models.pulls.dismiss' : 'models.pulls.cancel', { model: model.name })}
        title={t(state === 'done' ? 'models.pulls.dismissHint' : 'models.pulls.cancelHint')}
        onClick={() => void dismiss.run()}
      />
    </span>
  )
}

function Words({ pull, isServing }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, completedBytes, totalBytes } = pull
  const progress =
    totalBytes === null
      ? unknown
      : t(
          pull.isTotalFinal ? 'models.pulls.progress' : 'models.pulls.progressSoFar',
          shareOfSize(completedBytes, totalBytes),
        )
  const soFar = pull.isTotalFinal ? undefined : t('models.pulls.soFarHint')
  if (state === 'waiting') {
    return (
      <div className={classes.words} title={soFar}>
        <span>{t(isServing ? 'models.pulls.waiting' : 'models.pulls.waitsForServer')}</span>
        <span>{completedBytes > 0 ? progress : totalBytes === null ? '' : formatSize(totalBytes)}</span>
      </div>
    )
  }
  if (state === 'done') return totalBytes ? <div className={classes.words}>{formatSize(totalBytes)}</div> : null
  if (state === 'failed' || state === 'stopped') return <Ended pull={pull} />
  if (state === 'verifying') return <div className={classes.words}>{t('models.pulls.verifying')}</div>
  if (totalBytes === null) {
    return (
      <div className={classes.words}>
        {t(state === 'stalled' ? 'models.pulls.registrySilent' : 'models.pulls.manifest')}
      </div>
    )
  }
  return (
    <div className={classes.words} title={soFar}>
      <span>
        {progress} · {state === 'stalled' ? t('models.pulls.stalled') : formatByteRate(pull.bytesPerSecond)}
      </span>
      <span>{pull.remainingMs === null ? '' : t('models.pulls.left', { age: format.duration(pull.remainingMs) })}</span>
    </div>
  )
}

/** Two sizes side by side; the unit is said once where both have the same: "8.70 of 20.2 GB". */
function shareOfSize(completedBytes: number, totalBytes: number) {
  const [done, total] = [formatSize(completedBytes), formatSize(totalBytes)]
  const unit = total.slice(total.indexOf(' '))
  return { done: done.endsWith(unit) ? done.slice(0, -unit.length) : done, total }
}

/** A pull that does not go on by itself: why, what is kept, and the two ways on. */
function Ended({ pull: { model, failure, completedBytes, totalBytes } }: { pull: Pull }) {
  const { t } = useTranslation()
  const format = useFormat()
  const resume = useAction(() => addPull(model))
  const dismiss = useAction(() => dismissPull(model))
  return (
    <>
      <p className={classes.reason}>
        {format.sentences([
          failure
            ? t('words.reason', {
                what: t(`failure.${failure.code}.what`),
                todo: t(`failure.${failure.code}.todo`),
              })
            : null,
          completedBytes > 0 && totalBytes !== null
            ? t('models.pulls.kept', shareOfSize(completedBytes, totalBytes))
            : failure
              ? null
              : t('models.pulls.nothingYet'),
        ])}
      </p>
      {failure?.detail ? (
        <details className={classes.details}>
          <summary>{t('frame.details')}</summary>
          <pre>{failure.detail}</pre>
        </details>
      ) : null}
      <div className={classes.ways}>
        <BusyButton
          variant="default"
          size="compact-sm"
          leftSection={<IconPlayerPlay size={14} />}
          isBusy={resume.isRunning}
          onClick={() => void resume.run()}
        >
          {t(completedBytes > 0 ? 'models.pulls.resume' : 'frame.retry')}
        </BusyButton>
        <BusyButton
          variant="subtle"
          color="gray"
          size="compact-sm"
          isBusy={dismiss.isRunning}
          onClick={() => void dismiss.run()}
        >
          {t('models.pulls.remove')}
        </BusyButton>
      </div>
    </>
  )
}
