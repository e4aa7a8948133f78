import { IconPlayerSkipForward, IconSquare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BenchLive, BenchRunSummary } from '../../../../shared/contract/bench'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { Page } from '../../../components/page'
import { useFormat } from '../../../format/use-format'
import { MainMemoryNotice } from '../../../parts/main-memory-notice'
import { cancelRun, endStep } from '../../../stores/bench'
import { useMainMemoryShare } from '../../../stores/main-memory'
import { RunsCard } from '../runs-card'
import { titleKey } from '../titles'
import { ClientCard } from './client-card'
import { DotsCard } from './dots-card'
import { LastMinute } from './last-minute'
import classes from './live-view.module.css'
import { StepsCard } from './steps-card'

type Props = { live: BenchLive; isStale: boolean; runs: readonly BenchRunSummary[] }

/** A run under way, drawn as it happens. */
export function LiveView({ live, isStale, runs }: Props) {
  const { t } = useTranslation()
  const mainMemory = useMainMemoryShare(live.plan.model.name)
  const cancel = useAction(cancelRun)
  const skip = useAction(endStep)
  const earlier = runs.filter((run) => run.id !== live.id)
  const isMeasuring = live.phase === 'measuring'
  return (
    <Page
      title={t(titleKey(live.plan), { model: live.plan.model.name })}
      sentence={<LiveSentence live={live} />}
      actions={
        <>
          <BusyButton
            variant="default"
            leftSection={<IconPlayerSkipForward size={15} />}
            disabled={!isMeasuring || isStale}
            isBusy={skip.isRunning}
            onClick={() => void skip.run()}
          >
            {t('benchmark.live.endStep')}
          </BusyButton>
          <BusyButton
            variant="default"
            leftSection={<IconSquare size={14} />}
            disabled={live.phase === 'stopping' || isStale}
            isBusy={cancel.isRunning}
            onClick={() => void cancel.run()}
          >
            {t('benchmark.live.cancel')}
          </BusyButton>
        </>
      }
    >
      <div className={classes.grid} data-dimmed={isStale || undefined}>
        <MainMemoryNotice model={live.plan.model.name} share={mainMemory} />
        <StepsCard live={live} />
        <LastMinute live={live} />
        <div className={classes.three}>
          <DotsCard live={live} measure="ttftMs" />
          <DotsCard live={live} measure="tpotMs" />
          <ClientCard live={live} />
        </div>
        {earlier.length > 0 ? <RunsCard runs={earlier} isDimmed={isStale} /> : null}
      </div>
    </Page>
  )
}

function LiveSentence({ live }: { live: BenchLive }) {
  const { t } = useTranslation()
  const format = useFormat()
  const what = t(`benchmark.live.phases.${live.phase}`, { count: live.concurrency })
  if (live.remainingMs === null || live.phase === 'stopping') return <>{what}</>
  const end = new Date(live.atMs + live.remainingMs).toTimeString().slice(0, 5)
  const rest = t('benchmark.live.remaining', { time: format.duration(live.remainingMs), end })
  return <>{t('benchmark.live.sentence', { what, rest })}</>
}
