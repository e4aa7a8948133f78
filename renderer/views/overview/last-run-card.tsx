import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BenchRunSummary } from '../../../shared/contract/bench'
import { Card } from '../../components/card'
import { Figure } from '../../components/figure'
import { LongName } from '../../components/long-name/long-name'
import { formatMeasure, formatPercent } from '../../format/numbers'
import { formatLatency, latencyFigure } from '../../format/times'
import { useFormat } from '../../format/use-format'
import { headlineOf } from '../../parts/run-headline'
import { RunState } from '../../parts/run-state'
import { benchProgress, savedRuns } from '../../stores/bench'
import { lastRun } from './last-run'
import classes from './last-run-card.module.css'
import { RunCurve } from './run-curve'
import { TitleLink } from './title-link'

/** The last benchmark in one sentence, its best figures and its curve. */
export function LastRunCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const live = benchProgress.useValue()
  const last = lastRun(savedRuns.useValue() ?? [])
  return (
    <Card
      title={<TitleLink href="/benchmark">{t('overview.run.title')}</TitleLink>}
      aside={
        last ? (
          <span className={classes.aside}>
            {format.moment(last.startedAtMs)} · <LongName>{last.plan.model.name}</LongName>
          </span>
        ) : null
      }
    >
      {live ? (
        <p className={classes.running}>{t('overview.run.running', { percent: formatPercent(live.progress) })}</p>
      ) : null}
      {last ? (
        <LastRun run={last} />
      ) : live ? null : (
        <div className={classes.empty}>
          <p>{t('overview.run.empty')}</p>
          <Button component={Link} href="/benchmark" variant="default">
            {t('overview.run.start')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function LastRun({ run }: { run: BenchRunSummary }) {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = headlineOf(run.curve)
  if (!headline) {
    return (
      <div>
        {run.state === 'finished' ? null : <RunState run={run} />}
        <p className={classes.sentence}>{t('words.nothingAnswered')}</p>
      </div>
    )
  }
  const { kind, step: best, rate, ttft } = headline
  const words = { rate: formatMeasure(rate?.value ?? null), first: formatLatency(ttft?.value ?? null) }
  const curve = run.curve.filter((step) => step.outputTokensPerSecond !== null)
  const alone = run.curve.find(({ concurrency }) => concurrency === 1)?.outputTokensPerSecond?.value ?? null
  return (
    <div className={classes.run} data-single={curve.length < 2 || undefined}>
      <div>
        {run.state === 'finished' ? null : <RunState run={run} />}
        <p className={classes.sentence}>
          {format.sentences([
            kind === 'perStream'
              ? t('overview.run.alone', words)
              : t('overview.run.best', { ...words, count: best.concurrency }),
            alone !== null && rate !== null && kind === 'throughput'
              ? t('overview.run.times', { times: formatMeasure(rate.value / alone) })
              : null,
          ])}
        </p>
        <div className={classes.figures}>
          <Figure
            isLarge
            label={kind === 'perStream' ? t('words.perStream') : t('overview.run.system')}
            value={formatMeasure(rate?.value ?? null)}
            unit="tok/s"
            note={rate ? <>n = {rate.n}</> : null}
          />
          <Figure isLarge label={t('overview.token.first')} {...latencyFigure(ttft?.value ?? null)} />
          {curve.length < 2 ? (
            <Figure isLarge label={t('words.perToken')} {...latencyFigure(best.tpotMs?.value ?? null)} />
          ) : null}
        </div>
      </div>
      {curve.length < 2 ? null : (
        <RunCurve
          points={run.curve.map(({ concurrency, outputTokensPerSecond }) => ({
            concurrency,
            rate: outputTokensPerSecond,
          }))}
        />
      )}
    </div>
  )
}
