import { ActionIcon, Button, Menu, Skeleton } from '@mantine/core'
import { IconArrowLeft, IconDots, IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { BenchRun, BenchRunSummary } from '../../../../shared/contract/bench'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { FailureNotice } from '../../../components/failure-notice'
import { later } from '../../../components/later'
import { Notice } from '../../../components/notice'
import { Page } from '../../../components/page'
import { Waiting } from '../../../components/waiting'
import { formatCount } from '../../../format/numbers'
import { useFormat } from '../../../format/use-format'
import { downloadRun, startRun, useRun } from '../../../stores/bench'
import { workloadOf } from '../plan/plan-choices'
import { SimulatedChip } from '../simulated-chip'
import { titleKey } from '../titles'
import { useRemoveRun } from '../use-remove-run'
import { EnvironmentCard } from './environment-card'
import { RequestsCard } from './requests-card'
import classes from './result.module.css'
import { SentenceCard } from './sentence-card'
import { StagesCard } from './stages-card'

const Curves = later(
  () => import('./curves'),
  () => <Skeleton height={271} radius={8} animate={false} />,
)

type Props = { id: string; runs: readonly BenchRunSummary[] }

/** A saved run: the sentence, the curves, what to know before believing them, and all that they were made from. */
export function ResultView({ id, runs }: Props) {
  const { t } = useTranslation()
  const { value: run, failure } = useRun(
    id,
    runs.find((one) => one.id === id),
  )
  if (failure) {
    return (
      <Page title={t('frame.screens.benchmark')}>
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" component={Link} href="/benchmark">
              {t('benchmark.result.back')}
            </Button>
          }
        />
      </Page>
    )
  }
  if (!run) {
    return (
      <Page title={t('frame.screens.benchmark')}>
        <Waiting sentence={t('benchmark.result.reading')} heights={[120, 250, 220]} />
      </Page>
    )
  }
  return <Result run={run} />
}

function Result({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const [showsRequests, setShowsRequests] = useState(false)
  const hasFigures = run.stages.some((stage) => stage.counts.ok > 0)
  const measured = run.curve.filter(({ outputTokensPerSecond }) => outputTokensPerSecond !== null)
  return (
    <Page
      title={t(titleKey(run.plan), { model: run.plan.model.name })}
      sentence={<ResultSentence run={run} />}
      actions={<Actions run={run} />}
    >
      <div className={classes.column}>
        <Ending run={run} />
        {hasFigures ? (
          <>
            <SentenceCard run={run} />
            {measured.length > 1 ? <Curves run={run} /> : null}
            <StagesCard run={run} />
          </>
        ) : null}
        <EnvironmentCard run={run} />
        {run.requestCount > 0 ? (
          <RequestsCard run={run} isOpen={showsRequests} onOpen={() => setShowsRequests(true)} />
        ) : null}
      </div>
    </Page>
  )
}

function ResultSentence({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const format = useFormat()
  const parts = [
    format.moment(run.startedAtMs),
    `${t(`benchmark.workloads.${workloadOf(run.plan) ?? 'own'}`)} ${formatCount(run.plan.promptTokens)}/${formatCount(run.plan.answerTokens)}`,
    t(`benchmark.presets.${run.plan.preset}`),
    t('benchmark.result.requests', { count: run.requestCount }),
    format.duration(run.endedAtMs === null ? null : run.endedAtMs - run.startedAtMs),
  ]
  return <>{parts.join(' · ')}</>
}

/** A run that did not come to its end says so before anything else. */
function Ending({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  if (run.failure) return <FailureNotice failure={run.failure} />
  if (run.state !== 'cancelled' && run.state !== 'interrupted') return null
  return (
    <Notice tone="info" title={t(`benchmark.result.endings.${run.state}.what`)}>
      {t(`benchmark.result.endings.${run.state}.kept`)}
    </Notice>
  )
}

function Actions({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const download = useAction(downloadRun)
  const again = useAction(async () => {
    await startRun(run.plan)
    navigate('/benchmark')
  })
  const remove = useRemoveRun()
  return (
    <>
      <SimulatedChip isSimulated={run.isSimulated} />
      <Button variant="default" leftSection={<IconArrowLeft size={15} />} component={Link} href="/benchmark">
        {t('benchmark.result.back')}
      </Button>
      <BusyButton
        variant="default"
        leftSection={<IconDownload size={15} />}
        isBusy={download.isRunning}
        onClick={() => void download.run(run.id)}
      >
        {t('benchmark.result.export')}
      </BusyButton>
      <BusyButton leftSection={<IconRefresh size={15} />} isBusy={again.isRunning} onClick={() => void again.run()}>
        {t('benchmark.result.again')}
      </BusyButton>
      <Menu position="bottom-end" transitionProps={{ duration: 100 }}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('benchmark.runs.actions')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={async () => {
              if (await remove(run)) navigate('/benchmark')
            }}
          >
            {t('benchmark.result.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
