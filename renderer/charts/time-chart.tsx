import { type CSSProperties, useMemo } from 'react'
import { formatClock } from '../format/times'
import { type Axis, apart, gapsOf } from './time-axis'
import classes from './time-chart.module.css'
import { Crosshair } from './time-crosshair'
import { TimePlot } from './time-plot'
import type { TimeMarks, TimeSeries } from './time-series'
import { usePlotHeight } from './use-plot-height'

type Props = {
  title: string
  unit: string
  /** Steps of equal length, one value a step in each series. */
  atMs: readonly number[]
  stepMs: number
  series: readonly TimeSeries[]
  axis: Axis
  /** A value with its unit, for the header. */
  format: (value: number | null) => string
  formatMark: (value: number) => string
  limits?: readonly { value: number; words: string }[]
  marks?: readonly TimeMarks[]
  /** What stands under the widest gap; one chart of a screen names it. */
  nameGap?: (durationMs: number) => string
  /** The step the reader points at, shared by the charts of a screen. */
  cursor: number | null
  onCursor: (place: number | null) => void
}

const labelHeight = 16
const mostLabels = 4

/** Lines over time. What the reader points at stands in the header, so that nothing covers the lines. */
export function TimeChart(props: Props) {
  const { title, unit, atMs, stepMs, series, axis, format, formatMark, limits, marks, nameGap, cursor, onCursor } =
    props
  const gaps = useMemo(
    () =>
      gapsOf(
        atMs,
        stepMs,
        series.map(({ values }) => values),
      ),
    [atMs, stepMs, series],
  )
  const beginMs = atMs[0] ?? 0
  const lengthMs = Math.max(1, atMs.length * stepMs)
  const widest = gaps.reduce((most, gap) => Math.max(most, gap.toMs - gap.fromMs), 0)
  const named = nameGap ? gaps.find((gap) => gap.toMs - gap.fromMs === widest) : undefined
  const place = cursor === null ? atMs.length - 1 : Math.min(cursor, atMs.length - 1)
  const plotHeight = usePlotHeight()
  const heightOf = (value: number) => ((axis.to - value) / (axis.to - axis.from)) * plotHeight
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.header}>
        <span className={classes.title}>{title}</span>
        <span className={classes.unit}>{unit}</span>
        <span className={classes.values}>
          {cursor === null ? null : <span className={classes.clock}>{formatClock(atMs[place] ?? 0)}</span>}
          {series.map(({ id, name, color, values }) => (
            <span key={id} className={classes.value} title={name}>
              <span className={classes.swatch} style={{ background: color }} aria-hidden />
              {format(values[place] ?? null)}
            </span>
          ))}
        </span>
      </figcaption>
      <div className={classes.body} style={{ '--plot-height': `${plotHeight}px` } as CSSProperties}>
        <TimePlot
          beginMs={beginMs}
          endMs={beginMs + lengthMs}
          series={series}
          axis={axis}
          gaps={gaps}
          formatMark={formatMark}
        />
        <div className={classes.plot}>
          {limits?.map(({ value, words }) => (
            <div key={words} className={classes.limit} style={{ top: heightOf(value) }}>
              <span>{words}</span>
            </div>
          ))}
          {named && widest > stepMs ? (
            <span className={classes.gapName} style={gapPlace((named.fromMs + named.toMs) / 2 - beginMs, lengthMs)}>
              {nameGap?.(widest)}
            </span>
          ) : null}
          {marks?.map(({ id, color, shares }, row) => (
            <MarkRow key={id} color={color} shares={shares} row={row} />
          ))}
          <Crosshair
            title={title}
            atMs={atMs}
            series={series}
            format={format}
            heightOf={heightOf}
            cursor={cursor}
            onCursor={onCursor}
          />
        </div>
        <LineNames series={series} heightOf={heightOf} plotHeight={plotHeight} />
      </div>
    </figure>
  )
}

/** Words stand in the middle of their gap, but not over the edge of the plot. */
function gapPlace(middleMs: number, lengthMs: number): CSSProperties {
  const share = middleMs / lengthMs
  if (share < 0.14) return { left: 4 }
  if (share > 0.86) return { right: 4 }
  return { left: `${share * 100}%`, transform: 'translateX(-50%)' }
}

type NamesProps = { series: readonly TimeSeries[]; heightOf: (value: number) => number; plotHeight: number }

/** Each line's name at its end, where there is room for all. */
function LineNames({ series, heightOf, plotHeight }: NamesProps) {
  const ends = series.flatMap(({ id, name, color, values }) => {
    const last = values.at(-1) ?? values.findLast((value) => value !== null)
    return last == null ? [] : { id, name, color, top: heightOf(last) }
  })
  if (series.length < 2 || series.length > mostLabels) return null
  const tops = apart(
    ends.map(({ top }) => top),
    labelHeight,
    plotHeight,
  )
  return ends.map(({ id, name, color }, place) => (
    <span key={id} className={classes.lineName} style={{ color, top: tops[place] }} aria-hidden>
      {name}
    </span>
  ))
}

function MarkRow({ color, shares, row }: { color: string; shares: readonly (number | null)[]; row: number }) {
  const stretches: { from: number; to: number }[] = []
  shares.forEach((share, place) => {
    if (!share) return
    const last = stretches.at(-1)
    if (last?.to === place) last.to = place + 1
    else stretches.push({ from: place, to: place + 1 })
  })
  return stretches.map(({ from, to }) => (
    <span
      key={from}
      className={classes.markRow}
      style={{
        left: `${(from / shares.length) * 100}%`,
        width: `max(2px, ${((to - from) / shares.length) * 100}%)`,
        bottom: 2 + row * 5,
        background: color,
      }}
      aria-hidden
    />
  ))
}
