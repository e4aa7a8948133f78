import { useElementSize, useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { BenchLive } from '../../../../shared/contract/bench'
import { formatTick, runningMedian, ticksTo } from '../../../charts/scale'
import { useSteadyCeiling } from '../../../charts/use-steady-ceiling'
import { Card } from '../../../components/card'
import { formatMeasure } from '../../../format/numbers'
import classes from './dots-card.module.css'
import marks from './marks.module.css'

/** A small window shows the whole run without scrolling, a tall one has room. */
const lowHeight = 124
const tallHeight = 190
const plot = { left: 34, top: 22, bottom: 22 }

type Props = { live: BenchLive; measure: 'ttftMs' | 'tpotMs' }

/** One dot an answer, step beside step, with the running median. */
export function DotsCard({ live, measure }: Props) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize()
  const height = useMediaQuery('(min-height: 900px)', false, { getInitialValueInEffect: false })
    ? tallHeight
    : lowHeight
  const steps = live.steps.flatMap((step, index) =>
    step.kind === 'measure' || step.kind === 'drift'
      ? [{ ...step, dots: live.dots.find((dots) => dots.step === index) }]
      : [],
  )
  const values = steps.flatMap((step) => step.dots?.[measure] ?? [])
  const isSeconds = measure === 'ttftMs' && Math.max(0, ...values) >= 1000
  const unit = isSeconds ? 's' : 'ms'
  const divisor = isSeconds ? 1000 : 1
  const ceiling = useSteadyCeiling(Math.max(0.001, ...values) / divisor, live.atMs)
  const counts = steps.flatMap((step) => (step.dots ? [step.dots.count] : []))
  const planned = steps.reduce((sum, step) => sum + weight(step), 0)
  const inner = Math.max(0, width - plot.left - 4)
  const y = (value: number) =>
    plot.top + (height - plot.top - plot.bottom) * (1 - Math.min(1, value / divisor / ceiling))
  let from = plot.left
  return (
    <Card
      title={t('benchmark.live.measureIn', { measure: t(`benchmark.measures.${measure}`), unit })}
      aside={t('benchmark.live.dots', { counts: counts.length > 0 ? counts.join(', ') : '0' })}
    >
      <div ref={ref} style={{ height }}>
        {width > 0 ? (
          <svg width={width} height={height} role="img" aria-label={t(`benchmark.measures.${measure}`)}>
            {(values.length > 0 ? ticksTo(ceiling) : []).map((tick) => (
              <g key={tick}>
                <line
                  x1={plot.left}
                  x2={width - 4}
                  y1={y(tick * divisor)}
                  y2={y(tick * divisor)}
                  className={marks.gridLine}
                />
                <text x={plot.left - 8} y={y(tick * divisor) + 4} textAnchor="end" className={marks.caption}>
                  {formatTick(tick)}
                </text>
              </g>
            ))}
            {steps.map((step, place) => {
              const left = from
              const span = (inner * weight(step)) / planned
              from += span
              return (
                <StepDots
                  // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
                  key={place}
                  name={
                    step.kind === 'drift'
                      ? t('benchmark.live.steps.drift')
                      : t('benchmark.streamsShort', { count: step.concurrency })
                  }
                  shortName={step.kind === 'drift' ? '' : String(step.concurrency)}
                  values={step.dots?.[measure] ?? []}
                  share={step.dots ? step.dots.count / Math.max(step.plannedRequests, step.dots.count) : 0}
                  isAhead={step.state === 'waiting' || step.state === 'running'}
                  left={left}
                  width={span}
                  y={y}
                  height={height}
                  words={(value) => formatMeasure(value / divisor)}
                />
              )
            })}
          </svg>
        ) : null}
      </div>
    </Card>
  )
}

/** Steps with more requests get more room, but none is squeezed out. */
const weight = (step: { plannedRequests: number }) => Math.sqrt(step.plannedRequests)

type StepProps = {
  name: string
  shortName: string
  values: readonly number[]
  /** How far the step is: its dots fill this much of its width. */
  share: number
  isAhead: boolean
  left: number
  width: number
  y: (value: number) => number
  height: number
  words: (value: number) => string
}

function StepDots({ name, shortName, values, share, isAhead, left, width, y, height, words }: StepProps) {
  const room = (width - 12) * share
  const x = (place: number) => left + 6 + (values.length > 1 ? (room * place) / (values.length - 1) : room / 2)
  const medians = runningMedian(values)
  const last = medians[medians.length - 1]
  const ahead = left + 6 + room
  return (
    <g>
      {isAhead ? (
        <rect
          x={ahead}
          y={plot.top}
          width={Math.max(0, left + width - ahead)}
          height={height - plot.top - plot.bottom}
          className={classes.ahead}
        />
      ) : null}
      <line x1={left} x2={left} y1={plot.top - 12} y2={height - plot.bottom} className={marks.gridLine} />
      <text x={left + 4} y={plot.top - 10} className={marks.caption}>
        {width > 72 ? name : shortName}
      </text>
      {values.map((value, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer keeps its place
        <circle key={place} cx={x(place)} cy={y(value)} r={2.2} className={classes.dot} />
      ))}
      <path
        d={medians
          .map((value, place) => `${place === 0 ? 'M' : 'L'}${x(place).toFixed(1)},${y(value).toFixed(1)}`)
          .join('')}
        className={classes.medianLine}
      />
      {last === undefined ? null : (
        <text x={left + 4} y={height - 5} className={classes.dotMedian}>
          {width > 40 ? words(last) : ''}
        </text>
      )}
    </g>
  )
}
