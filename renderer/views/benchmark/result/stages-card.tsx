import { useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import type { BenchStage } from '../../../../shared/measure/result'
import { enoughRequests } from '../../../../shared/measure/verdicts'
import { Card } from '../../../components/card'
import { Table } from '../../../components/table/table'
import { formatCount, formatMeasure } from '../../../format/numbers'
import { bestStep } from '../../../parts/best-step'
import { Estimated } from '../estimated'
import runs from '../runs.module.css'
import { latencyUnit } from './latency-unit'
import { outsideCount } from './outside-count'
import classes from './result.module.css'

const columns = [
  { id: 'streams' },
  ...(['n', 'system', 'perStream', 'ttft', 'slowest', 'tpot', 'wait', 'inFlight', 'failed'] as const).map((id) => ({
    id,
    isNumber: true,
  })),
] as const

/** Every step in a row: system and stream apart, each figure with its interval. */
export function StagesCard({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const best = bestStep(run.curve)
  const { unit, divisor } = latencyUnit(run)
  const outside = outsideCount(run.stages)
  return (
    <Card title={t('benchmark.result.stages')} aside={t('benchmark.result.intervals')} isFlush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <div className={runs.scroll} tabIndex={0}>
        <Table
          className={runs.table}
          columns={columns.map(({ id, ...column }) => ({
            id,
            head: id === 'n' ? 'n' : t(`benchmark.result.columns.${id}`, { unit }),
            ...column,
          }))}
        >
          <tbody>
            {run.stages.map((stage) => (
              <Row
                key={stage.position}
                stage={stage}
                divisor={divisor}
                isBest={stage.kind === 'measure' && run.curve.length > 1 && stage.concurrency === best?.concurrency}
              />
            ))}
          </tbody>
        </Table>
      </div>
      <p className={classes.footnote}>
        {outside > 0
          ? `${t('benchmark.result.outside', { count: outside, asked: formatCount(run.requestCount) })} `
          : null}
        {t('benchmark.result.footnote')}
      </p>
    </Card>
  )
}

function Row({ stage, divisor, isBest }: { stage: BenchStage; divisor: number; isBest: boolean }) {
  const { t } = useTranslation()
  const { perStream, system, counts } = stage
  const { waitMs } = stage.server
  const isWeak = counts.inWindow < enoughRequests
  const hasSlept = stage.verdicts.some(({ code }) => code === 'slept' || code === 'server-stood-still')
  const note = [
    isBest && t('benchmark.result.best'),
    stage.kind === 'drift' && t('benchmark.result.repeat'),
    hasSlept && t('benchmark.result.slept'),
  ].filter(Boolean)
  return (
    <tr data-best={isBest || undefined} className={classes.stage}>
      <td>
        <b>{stage.concurrency}</b> {note.length > 0 ? <span className={classes.quiet}>{note.join(' · ')}</span> : null}
      </td>
      <td data-number>
        <span className={classes.evidence} data-weak={isWeak || undefined} aria-hidden /> {formatCount(counts.inWindow)}
      </td>
      <td data-number>
        <Estimated estimate={system.outputTokensPerSecond} />
      </td>
      <td data-number>
        <Estimated estimate={perStream.decodeTokensPerSecond?.median ?? null} />
      </td>
      <td data-number>
        <Estimated estimate={perStream.ttftMs?.median ?? null} divisor={divisor} isRange />
      </td>
      <td data-number>{formatMeasure(perStream.ttftMs && perStream.ttftMs.max / divisor)}</td>
      <td data-number>
        <Estimated estimate={perStream.tpotMs?.median ?? null} />
      </td>
      <td data-number>{divisor === 1 ? formatCount(waitMs) : formatMeasure(waitMs && waitMs / divisor)}</td>
      <td data-number>{formatMeasure(system.meanInFlight)}</td>
      <td data-number>{formatCount(counts.failed)}</td>
    </tr>
  )
}
