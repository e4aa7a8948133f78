import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { BenchLive } from '../../../../shared/contract/bench'
import { linePath } from '../../../charts/line-path'
import { formatTick, ticksTo } from '../../../charts/scale'
import { useSteadyCeiling } from '../../../charts/use-steady-ceiling'
import { Card } from '../../../components/card'
import { formatMeasure } from '../../../format/numbers'
import { formatClock } from '../../../format/times'
import { useFormat } from '../../../format/use-format'
import { Headline } from './headline'
import { Lane } from './lane'
import classes from './last-minute.module.css'
import marks from './marks.module.css'
import { laneHeight, layout, meanOfLast, type Point, type Scale, secondGaps, secondStretches } from './minute-geometry'

/** The last minute on one time axis: tokens a second, requests in flight, and what each slot does. */
export function LastMinute({ live }: { live: BenchLive }) {
  const { t } = useTranslation()
  const { ref, width } = useElementSize()
  const highest = Math.max(1, ...live.rate.tokensPerSecond.map(Number))
  const ceiling = useSteadyCeiling(highest, live.atMs)
  const rowHeight = laneHeight(live.lanes.length)
  const geometry = layout(live.lanes.length, rowHeight)
  const scale: Scale = {
    endMs: live.atMs,
    width: Math.max(0, width - geometry.left - geometry.right),
    left: geometry.left,
  }
  return (
    <Card title={t('benchmark.live.lastMinute')} aside={<Legend />}>
      <div className={classes.minute} style={{ height: geometry.height }}>
        <Gutter live={live} geometry={geometry} rowHeight={rowHeight} />
        <div ref={ref} className={classes.canvas}>
          {width > 0 ? (
            <svg width={width} height={geometry.height} role="img" aria-label={t('benchmark.live.chart')}>
              <Hatch />
              <Gaps live={live} scale={scale} geometry={geometry} />
              <TimeGrid scale={scale} geometry={geometry} />
              <Rate live={live} scale={scale} ceiling={ceiling} geometry={geometry} />
              <InFlight live={live} scale={scale} geometry={geometry} />
              {live.lanes.map((lane, place) => (
                <Lane
                  key={lane.slot}
                  requests={lane.requests}
                  scale={scale}
                  top={geometry.lanesTop + place * rowHeight}
                  height={rowHeight - (rowHeight > 16 ? 6 : 2)}
                  askedTokens={live.plan.answerTokens}
                  hasWords={rowHeight > 16}
                />
              ))}
            </svg>
          ) : null}
        </div>
      </div>
    </Card>
  )
}

type Geometry = ReturnType<typeof layout>

function Gutter({ live, geometry, rowHeight }: { live: BenchLive; geometry: Geometry; rowHeight: number }) {
  const { t } = useTranslation()
  return (
    <div className={classes.gutter}>
      <div className={classes.headline}>
        <Headline live={live} />
      </div>
      <div className={classes.gutterRow} style={{ top: geometry.inFlightTop, height: geometry.inFlightHeight }}>
        <span>{t('benchmark.live.inFlight')}</span>
        <span>
          <b>{live.inFlight}</b> {t('benchmark.live.ofSlots', { slots: live.concurrency })}
        </span>
      </div>
      {live.lanes.map((lane, place) =>
        rowHeight > 16 ? (
          <div
            key={lane.slot}
            className={classes.gutterRow}
            style={{ top: geometry.lanesTop + place * rowHeight, height: rowHeight - 6 }}
          >
            <b>{t('benchmark.live.stream', { number: lane.slot + 1 })}</b>
            <span className={marks.factName}>{laneRate(lane.requests)}</span>
          </div>
        ) : null,
      )}
      {rowHeight <= 16 && live.lanes.length > 0 ? (
        <div className={classes.gutterRow} style={{ top: geometry.lanesTop, height: 20 }}>
          <span className={marks.factName}>
            {t('benchmark.live.firstLanes', { shown: live.lanes.length, count: live.laneCount })}
          </span>
        </div>
      ) : null}
    </div>
  )
}

const pathOf = (points: readonly Point[], y: (value: number) => number) =>
  linePath(points.map(({ x, value }) => ({ x, y: y(value) })))

const laneRate = (requests: BenchLive['lanes'][number]['requests']) => {
  const rate = requests.findLast((request) => request.tokensPerSecond !== null)?.tokensPerSecond
  return rate === undefined ? '' : `${formatMeasure(rate)} tok/s`
}

function Rate({
  live,
  scale,
  ceiling,
  geometry,
}: {
  live: BenchLive
  scale: Scale
  ceiling: number
  geometry: Geometry
}) {
  const { t } = useTranslation()
  const y = (value: number) => geometry.rateTop + geometry.rateHeight * (1 - Math.min(1, value / ceiling))
  const rates = secondStretches(live.rate, live.rate.tokensPerSecond, scale)
  const means = secondStretches(live.rate, meanOfLast(live.rate.tokensPerSecond, 10), scale)
  const path = (stretches: typeof rates) => stretches.map((points) => pathOf(points, y)).join('')
  return (
    <g>
      <text x={scale.left} y={10} className={marks.caption}>
        {t('benchmark.live.bySecond')}
      </text>
      <text x={scale.left + scale.width} y={10} textAnchor="end" className={marks.caption}>
        {t('benchmark.live.mean')}
      </text>
      {ticksTo(ceiling).map((tick) => (
        <g key={tick}>
          <line x1={scale.left} x2={scale.left + scale.width} y1={y(tick)} y2={y(tick)} className={marks.gridLine} />
          <text x={scale.left - 8} y={y(tick) + 4} textAnchor="end" className={marks.caption}>
            {formatTick(tick)}
          </text>
        </g>
      ))}
      <path d={path(means)} className={classes.meanLine} />
      <path d={path(rates)} className={classes.rateLine} />
    </g>
  )
}

function InFlight({ live, scale, geometry }: { live: BenchLive; scale: Scale; geometry: Geometry }) {
  const most = Math.max(1, live.concurrency, ...live.rate.inFlight.map(Number))
  const { inFlightTop: top, inFlightHeight: height } = geometry
  const y = (value: number) => top + height * (1 - value / most)
  const stretches = secondStretches(live.rate, live.rate.inFlight, scale)
  return (
    <g>
      {stretches.map((points) => {
        const line = pathOf(points, y)
        const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0]
        return (
          <g key={first}>
            <path d={`${line}L${last},${top + height}L${first},${top + height}Z`} className={classes.flightArea} />
            <path d={line} className={classes.rateLine} />
          </g>
        )
      })}
      <line
        x1={scale.left}
        x2={scale.left + scale.width}
        y1={top + height}
        y2={top + height}
        className={marks.gridLine}
      />
      <text x={scale.left - 8} y={top + 5} textAnchor="end" className={marks.caption}>
        {most}
      </text>
      <text x={scale.left - 8} y={top + height + 3} textAnchor="end" className={marks.caption}>
        0
      </text>
    </g>
  )
}

/** Seconds in which nothing was heard, as on a frozen machine: grey bands, the widest of them named. */
function Gaps({ live, scale, geometry }: { live: BenchLive; scale: Scale; geometry: Geometry }) {
  const { t } = useTranslation()
  const format = useFormat()
  const gaps = secondGaps(live.rate, live.rate.tokensPerSecond, scale)
  const [widest] = [...gaps].sort((left, right) => right.durationMs - left.durationMs)
  const height = geometry.inFlightTop + geometry.inFlightHeight - geometry.rateTop
  const middle = widest ? (widest.from + widest.to) / 2 : 0
  return (
    <g>
      {gaps.map(({ from, to }) => (
        <rect key={from} x={from} y={geometry.rateTop} width={to - from} height={height} className={classes.gap} />
      ))}
      {widest ? (
        <text
          x={Math.min(scale.left + scale.width - 40, Math.max(scale.left + 40, middle))}
          y={geometry.inFlightTop - 3}
          textAnchor="middle"
          className={marks.caption}
        >
          {t('words.gap', { duration: format.duration(widest.durationMs) })}
        </text>
      ) : null}
    </g>
  )
}

function TimeGrid({ scale, geometry }: { scale: Scale; geometry: Geometry }) {
  const { t } = useTranslation()
  const bottom = geometry.height - 18
  return (
    <g>
      {[0, 1, 2, 3, 4, 5].map((place) => {
        const x = scale.left + (scale.width * place) / 6
        return (
          <g key={place}>
            <line x1={x} x2={x} y1={geometry.rateTop} y2={bottom} className={marks.gridLine} />
            <text x={x} y={geometry.height - 3} textAnchor={place === 0 ? 'start' : 'middle'} className={marks.caption}>
              {formatClock(scale.endMs - 60_000 + place * 10_000)}
            </text>
          </g>
        )
      })}
      <line
        x1={scale.left + scale.width}
        x2={scale.left + scale.width}
        y1={geometry.rateTop}
        y2={bottom}
        className={classes.nowLine}
      />
      <text x={scale.left + scale.width} y={geometry.height - 3} textAnchor="end" className={marks.caption}>
        {t('benchmark.live.now', { clock: formatClock(scale.endMs) })}
      </text>
    </g>
  )
}

function Hatch() {
  return (
    <defs>
      <pattern id="waiting-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="var(--raised)" />
        <line x1="0" y1="0" x2="0" y2="5" stroke="var(--faint)" strokeWidth="1.6" />
      </pattern>
    </defs>
  )
}

function Legend() {
  const { t } = useTranslation()
  return (
    <span className={classes.legend}>
      <svg width="14" height="10" aria-hidden="true">
        <rect width="14" height="10" rx="1.5" fill="url(#waiting-hatch)" />
      </svg>
      {t('benchmark.live.waiting')}
      <span className={classes.swatch} data-phase="prefill" />
      {t('benchmark.live.prefill')}
      <span className={classes.swatch} data-phase="decode" />
      {t('benchmark.live.decode')}
    </span>
  )
}
