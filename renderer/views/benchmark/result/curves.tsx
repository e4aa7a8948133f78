import { useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import { isTooWide } from '../../../../shared/measure/interval'
import type { BenchStage, Estimate } from '../../../../shared/measure/result'
import { enoughRequests } from '../../../../shared/measure/verdicts'
import { CurveChart, type CurvePoint } from '../../../charts/curve-chart'
import { Card } from '../../../components/card'
import { formatMeasure } from '../../../format/numbers'
import { latencyUnit } from './latency-unit'
import classes from './result.module.css'

/** The run as three pictures; each point carries its interval and looks weak when it is. */
export default function Curves({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const stages = run.stages.filter((stage) => stage.kind === 'measure')
  const isWeak = (stage: BenchStage) =>
    stage.counts.inWindow < enoughRequests || stage.verdicts.some((verdict) => verdict.level === 'bad')
  const points = (pick: (stage: BenchStage) => Estimate | null | undefined) =>
    stages.flatMap((stage): CurvePoint[] => {
      const estimate = pick(stage)
      if (!estimate) return []
      const { value } = estimate
      const isScattered = isTooWide(estimate)
      const { low, high } = isScattered ? { low: null, high: null } : estimate
      const label = formatMeasure(value)
      return [{ x: stage.concurrency, y: value, low, high, isWeak: isScattered || isWeak(stage), label }]
    })
  const { unit, divisor } = latencyUnit(run)
  const knee = stages.flatMap((stage): CurvePoint[] => {
    const rate = stage.system.outputTokensPerSecond?.value
    const ttft = stage.perStream.ttftMs
    if (!rate || !ttft || ttft.median.value <= 0) return []
    return [
      {
        x: rate,
        y: ttft.median.value / divisor,
        low: null,
        high: ttft.max / divisor,
        isWeak: isWeak(stage),
        label: String(stage.concurrency),
      },
    ]
  })
  const ceiling = stages.find((stage) => stage.ceiling)?.ceiling
  return (
    <div className={classes.curves}>
      <Card title={t('benchmark.result.throughput')} aside={t('benchmark.result.hollow', { n: enoughRequests })}>
        <p className={classes.axis}>{t('benchmark.result.throughputAxis')}</p>
        <CurveChart
          points={points((stage) => stage.system.outputTokensPerSecond)}
          label={t('benchmark.result.throughput')}
          xTitle={t('benchmark.result.streamsAxis')}
        />
      </Card>
      <Card title={t('words.perStream')} aside={t('benchmark.result.median')}>
        <p className={classes.axis}>{t('benchmark.result.perStreamAxis')}</p>
        <CurveChart
          points={points((stage) => stage.perStream.decodeTokensPerSecond?.median)}
          label={t('words.perStream')}
          xTitle={t('benchmark.result.streamsAxis')}
          ceiling={
            ceiling
              ? {
                  value: ceiling.tokensPerSecond,
                  words: t('benchmark.result.ceiling', { rate: formatMeasure(ceiling.tokensPerSecond) }),
                }
              : null
          }
        />
      </Card>
      <Card title={t('benchmark.result.knee')} aside={t('benchmark.result.kneeAside')}>
        <p className={classes.axis}>{t('benchmark.result.kneeAxis', { unit })}</p>
        <CurveChart points={knee} label={t('benchmark.result.knee')} xTitle={t('benchmark.result.kneeX')} kind="log" />
      </Card>
    </div>
  )
}
