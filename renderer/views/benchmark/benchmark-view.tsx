import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useRoute } from 'wouter'
import { FailureNotice } from '../../components/failure-notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { liveRun, savedRuns } from '../../stores/bench'
import { LiveView } from './live/live-view'
import { PlanView } from './plan/plan-view'
import { ResultView } from './result/result-view'

/** The benchmark's three faces: a plan to run, a run under way, a run that is saved. */
export default function BenchmarkView() {
  const { t } = useTranslation()
  const [, params] = useRoute('/benchmark/:id')
  const live = liveRun.use((state) => state)
  const runs = savedRuns.use((state) => state)
  useShowResultAtEnd(live.value?.id ?? null, params?.id)

  const failure = runs.failure ?? live.failure
  if (runs.value === null || live.receivedAtMs === null) {
    return (
      <Page title={t('frame.screens.benchmark')}>
        {failure ? (
          <FailureNotice failure={failure} />
        ) : (
          <Waiting sentence={t('frame.connecting')} heights={[150, 300]} />
        )}
      </Page>
    )
  }
  if (params?.id && params.id !== live.value?.id) return <ResultView key={params.id} id={params.id} runs={runs.value} />
  if (live.value) return <LiveView live={live.value} isStale={live.isStale} runs={runs.value} />
  return <PlanView runs={runs.value} isStale={runs.isStale} />
}

/** Whoever watched a run to its end gets its result; whoever looks at another run is left in peace. */
function useShowResultAtEnd(liveId: string | null, shownId: string | undefined) {
  const [, navigate] = useLocation()
  const watched = useRef<string | null>(null)
  useEffect(() => {
    const ended = watched.current
    watched.current = liveId
    if (ended && liveId === null && (shownId === undefined || shownId === ended)) navigate(`/benchmark/${ended}`)
  }, [liveId, shownId, navigate])
}
