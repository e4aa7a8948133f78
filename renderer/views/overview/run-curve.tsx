import { useTranslation } from 'react-i18next'
import { enoughRequests } from '../../../shared/measure/verdicts'
import { axisWidth, formatTick } from '../../charts/scale'
import { formatMeasure } from '../../format/numbers'
import classes from './run-curve.module.css'

type Estimate = { value: number; n: number }
type Props = { points: { concurrency: number; rate: Estimate | null }[] }

const width = 300
const height = 160
const bottom = 36
const head = 26

/** A small picture of a run: tokens a second over streams at once, from 0. */
export function RunCurve({ points }: Props) {
  const { t } = useTranslation()
  const known = points.filter((point): point is { concurrency: number; rate: Estimate } => point.rate !== null)
  const top = roundStep(Math.max(...known.map(({ rate }) => rate.value), 1))
  const left = axisWidth([0, top / 2, top])
  const x = (place: number) => left + 12 + (place / Math.max(1, points.length - 1)) * (width - left - 30)
  const y = (value: number) => head + (1 - value / top) * (height - bottom - head)
  const line = points.flatMap(({ rate }, place) => (rate ? [`${x(place)},${y(rate.value)}`] : [])).join(' ')
  const label = known.map(({ concurrency, rate }) => `${concurrency}: ${formatMeasure(rate.value)}`).join(', ')
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={classes.curve}
      role="img"
      aria-label={`${t('overview.run.axis')}: ${label}`}
    >
      <text x={left - 6} y={10} textAnchor="end" className={classes.text}>
        tok/s
      </text>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line x1={left} x2={width - 6} y1={y(value)} y2={y(value)} className={classes.grid} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end" className={classes.text}>
            {formatTick(value)}
          </text>
        </g>
      ))}
      {points.map(({ concurrency }, place) => (
        <text key={concurrency} x={x(place)} y={height - 20} textAnchor="middle" className={classes.text}>
          {concurrency}
        </text>
      ))}
      <text x={(left + width) / 2} y={height - 4} textAnchor="middle" className={classes.text}>
        {t('overview.run.axis')}
      </text>
      <polyline points={line} className={classes.line} />
      {points.map(({ concurrency, rate }, place) =>
        rate ? (
          <circle
            key={concurrency}
            cx={x(place)}
            cy={y(rate.value)}
            r={3.5}
            className={classes.dot}
            data-weak={rate.n < enoughRequests || undefined}
          />
        ) : null,
      )}
    </svg>
  )
}

/** The next of 1, 2, 5 times a power of ten, doubled so that its half is round as well. */
function roundStep(value: number): number {
  const half = value / 2
  const power = 10 ** Math.floor(Math.log10(half))
  const step = [1, 2, 3, 5, 10].find((factor) => factor * power >= half) ?? 10
  return step * power * 2
}
