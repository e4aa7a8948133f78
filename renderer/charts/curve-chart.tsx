import {
  CartesianGrid,
  type DotItemDotProps,
  ErrorBar,
  Label,
  LabelList,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts'
import { axisWidth, formatTick, logTicks, roundCeiling, ticksTo } from './scale'

export type CurvePoint = {
  x: number
  y: number
  low: number | null
  high: number | null
  /** Drawn hollow: too few requests, or something says that it must not be believed. */
  isWeak: boolean
  /** Stands beside the point. */
  label?: string
}

type Props = {
  points: readonly CurvePoint[]
  /** What a reader hears who cannot see it. */
  label: string
  xTitle: string
  colour?: string
  /** `steps`: the values of x stand side by side; `log`: both axes are logarithmic. */
  kind?: 'steps' | 'log'
  /** A dashed line across, with its words. */
  ceiling?: { value: number; words: string } | null
  height?: number
}

const axis = { stroke: 'var(--hairline)', tickLine: false, tick: { fill: 'var(--muted)', fontSize: 11 } } as const

/** One series with error bars: rates from 0, latencies against rates on two logarithmic axes. */
export function CurveChart({
  points,
  label,
  xTitle,
  colour = 'var(--local)',
  kind = 'steps',
  ceiling,
  height = 190,
}: Props) {
  const data = points.map((point) => ({
    ...point,
    ...((point.low !== null || point.high !== null) && {
      error: [point.y - (point.low ?? point.y), (point.high ?? point.y) - point.y],
    }),
  }))
  const highest = Math.max(...points.map((point) => point.high ?? point.y), ceiling?.value ?? 0)
  const isLog = kind === 'log'
  const xTicks = isLog ? logTicks(Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x))) : undefined
  const yTicks = isLog
    ? logTicks(Math.min(...points.map((p) => p.low ?? p.y)), highest)
    : ticksTo(roundCeiling(highest * 1.05))
  return (
    <div role="img" aria-label={label} style={{ height }}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height }}>
        <LineChart data={data} margin={{ top: 12, right: 28, bottom: 14, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid stroke="var(--hairline)" vertical={isLog} />
          <XAxis
            {...axis}
            dataKey="x"
            type={isLog ? 'number' : 'category'}
            scale={isLog ? 'log' : 'auto'}
            {...(xTicks && { ticks: xTicks, domain: ends(xTicks) })}
            {...(!isLog && { padding: { left: 16, right: 16 } })}
            tickFormatter={formatTick}
            interval={0}
          >
            <Label value={xTitle} position="insideBottom" offset={-10} fill="var(--muted)" fontSize={11} />
          </XAxis>
          <YAxis
            {...axis}
            axisLine={false}
            scale={isLog ? 'log' : 'auto'}
            ticks={yTicks}
            domain={ends(yTicks)}
            tickFormatter={formatTick}
            interval={0}
            width={axisWidth(yTicks)}
          />
          {ceiling ? (
            <ReferenceLine y={ceiling.value} stroke="var(--muted)" strokeDasharray="4 3">
              <Label value={ceiling.words} position="insideBottomRight" fill="var(--muted)" fontSize={11} />
            </ReferenceLine>
          ) : null}
          <Line dataKey="y" stroke={colour} strokeWidth={1.8} isAnimationActive={false} dot={Mark} activeDot={false}>
            <ErrorBar
              dataKey="error"
              direction="y"
              stroke={colour}
              width={6}
              strokeWidth={1.4}
              isAnimationActive={false}
            />
            <LabelList
              dataKey="label"
              position={isLog ? 'right' : 'top'}
              dy={isLog ? 11 : 0}
              offset={8}
              fill="var(--text)"
              fontSize={11}
            />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}

function ends(ticks: readonly number[]): [number, number] {
  return [ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1]
}

function Mark({ cx, cy, stroke, payload }: DotItemDotProps) {
  const { isWeak } = payload as CurvePoint
  return <circle cx={cx} cy={cy} r={4} stroke={stroke} strokeWidth={1.8} fill={isWeak ? 'var(--card)' : stroke} />
}
