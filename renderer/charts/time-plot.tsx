import { memo, useMemo } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { type Axis, clockMarks, type Stretch } from './time-axis'
import type { TimeSeries } from './time-chart'

type Props = {
  atMs: readonly number[]
  stepMs: number
  series: readonly TimeSeries[]
  axis: Axis
  gaps: readonly Stretch[]
  formatMark?: (value: number) => string
}

/** Where the plot lies in its frame, in pixels; time-chart.module.css says the same. */
const edges = { left: 40, right: 56, top: 8, bottom: 22 }

const text = { fill: 'var(--muted)', fontSize: 11 } as const
const clock = (atMs: number) => new Date(atMs).toTimeString().slice(0, 5)

/** The lines themselves. Drawn anew with new values only, never for the crosshair. */
export const TimePlot = memo(function TimePlot({ atMs, stepMs, series, axis, gaps, formatMark }: Props) {
  const beginMs = atMs[0] ?? 0
  const endMs = beginMs + atMs.length * stepMs
  const points = useMemo(
    () =>
      atMs.map((at, place) =>
        Object.fromEntries([['at', at + stepMs / 2], ...series.map(({ id, values }) => [id, values[place] ?? null])]),
      ),
    [atMs, stepMs, series],
  )
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 160 }}>
      <LineChart
        data={points}
        margin={{ top: edges.top, right: edges.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        style={{ pointerEvents: 'none' }}
      >
        <CartesianGrid vertical={false} stroke="var(--hairline)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="linear"
          domain={[beginMs, endMs]}
          ticks={clockMarks(beginMs, endMs)}
          tickFormatter={clock}
          tick={text}
          tickLine={false}
          axisLine={{ stroke: 'var(--hairline)' }}
          height={edges.bottom}
          interval={0}
          allowDataOverflow
        />
        <YAxis
          width={edges.left}
          domain={[axis.from, axis.to]}
          ticks={axis.marks}
          tick={text}
          tickLine={false}
          axisLine={false}
          interval={0}
          allowDataOverflow
          {...(formatMark && { tickFormatter: formatMark })}
        />
        {gaps.map(({ fromMs, toMs }) => (
          <ReferenceArea key={fromMs} x1={fromMs} x2={toMs} fill="var(--raised)" fillOpacity={1} ifOverflow="hidden" />
        ))}
        {series.map(({ id, color, isDashed }) => (
          <Line
            key={id}
            dataKey={id}
            type="linear"
            stroke={color}
            strokeWidth={1.5}
            strokeLinecap="round"
            strokeLinejoin="round"
            {...(isDashed && { strokeDasharray: '5 3' })}
            dot={false}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
})
