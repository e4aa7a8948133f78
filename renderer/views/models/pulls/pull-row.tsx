import { CloseButton } from '@mantine/core'
import { IconCircleCheck, IconExclamationCircle, IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Pull } from '../../../../shared/contract/pulls'
import { showDone } from '../../../actions/notify'
import { useAction } from '../../../actions/use-action'
import { BusyIcon } from '../../../components/busy-button'
import { Chip } from '../../../components/chip'
import { LongName } from '../../../components/long-name/long-name'
import { MemoryBar } from '../../../components/memory-bar'
import { formatPercent, unknown } from '../../../format/numbers'
import { formatByteRate, formatSize } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import { addPull, cancelPull, dismissPull } from '../../../stores/pulls'
import { EndedPull } from './ended-pull'
import classes from './pulls-card.module.css'
import { shareOfSize } from './share-of-size'

type Props = {
  pull: Pull
  isServing: boolean
  /** A pull above failed for the same reason and tells it. */
  isReasonTold: boolean
}

/** One pull: how far, how fast, how long still; or why it does not go on and the button that makes it. */
export function PullRow({ pull, isServing, isReasonTold }: Props) {
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
      <Words pull={pull} isServing={isServing} isReasonTold={isReasonTold} />
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

function Words({ pull, isServing, isReasonTold }: Props) {
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
        <span>
          {!isServing
            ? t('models.pulls.waitsForServer')
            : t(pull.trouble === 'gave-way' ? 'models.pulls.gaveWay' : 'models.pulls.waiting')}
        </span>
        <span>{completedBytes > 0 ? progress : totalBytes === null ? '' : formatSize(totalBytes)}</span>
      </div>
    )
  }
  if (state === 'done') return totalBytes ? <div className={classes.words}>{formatSize(totalBytes)}</div> : null
  if (state === 'failed' || state === 'stopped') return <EndedPull pull={pull} isReasonTold={isReasonTold} />
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
      {pull.trouble === 'refetching' ? <p className={classes.trouble}>{t('models.pulls.refetching')}</p> : null}
      {pull.trouble === 'loses-parts' ? <p className={classes.trouble}>{t('models.pulls.losesParts')}</p> : null}
    </div>
  )
}
