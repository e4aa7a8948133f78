import { memo, useMemo } from 'react'
import { partedLine } from './coinciding'
import { type Axis, clockMarks, type Stretch, seriesPath } from './time-axis'
import classes from './time-chart.module.css'
import type { TimeSeries } from './time-series'

type Props = {
  beginMs: number
  endMs: number
  series: readonly TimeSeries[]
  axis: Axis
  gaps: readonly Stretch[]
  formatMark: (value: number) => string
}

/** About: lines nearer than a pixel lie on each other. */
const pixelsHigh = 130

const clock = (atMs: number) => new Date(atMs).toTimeString().slice(0, 5)
const percent = (share: number) => `${share * 100}%`

/**
 * Axes, gaps and lines, drawn by hand: a chart library took twenty times the time for six charts that move every second.
 * The lines' own coordinates are steps and thousandths of the axis; the box stretches them.
 */
export const TimePlot = memo(function TimePlot({ beginMs, endMs, series, axis, gaps, formatMark }: Props) {
  const across = (atMs: number) => percent((atMs - beginMs) / Math.max(1, endMs - beginMs))
  const down = (value: number) => percent((axis.to - value) / (axis.to - axis.from))
  const count = series[0]?.values.length ?? 0
  const paths = useMemo(
    () =>
      series.map(({ id, color, isDashed, values }, place) => {
        const earlier = series.slice(0, place).map((one) => one.values)
        const { free, lying } = partedLine(values, earlier, (axis.to - axis.from) / pixelsHigh)
        return { id, color, isDashed, path: seriesPath(free, axis), onOthers: seriesPath(lying, axis) }
      }),
    [series, axis],
  )
  return (
    <div className={classes.plot} aria-hidden>
      {gaps.map(({ fromMs, toMs }) => (
        <span
          key={fromMs}
          className={classes.gap}
          style={{ left: across(fromMs), right: percent((endMs - toMs) / Math.max(1, endMs - beginMs)) }}
        />
      ))}
      {axis.marks.map((value) => (
        <span key={value} className={classes.gridLine} style={{ top: down(value) }}>
          <span className={classes.mark}>{formatMark(value)}</span>
        </span>
      ))}
      {clockMarks(beginMs, endMs).map((atMs) => (
        <span key={atMs} className={classes.clockMark} style={{ left: across(atMs) }}>
          {clock(atMs)}
        </span>
      ))}
      <svg className={classes.lines} viewBox={`0 0 ${Math.max(1, count)} 1000`} preserveAspectRatio="none" aria-hidden>
        {paths.map(({ id, color, isDashed, path, onOthers }) => (
          <g key={id} stroke={color}>
            <path d={path} {...(isDashed && { strokeDasharray: '5 3' })} />
            <path d={onOthers} strokeDasharray="6 6" />
          </g>
        ))}
      </svg>
    </div>
  )
})
