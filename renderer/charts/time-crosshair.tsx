import type { KeyboardEvent, PointerEvent } from 'react'
import { formatClock } from '../format/times'
import classes from './time-chart.module.css'
import type { TimeSeries } from './time-series'

type Props = {
  title: string
  atMs: readonly number[]
  series: readonly TimeSeries[]
  format: (value: number | null) => string
  heightOf: (value: number) => number
  cursor: number | null
  onCursor: (place: number | null) => void
}

const leap = 10

/** What the reader points at: a line through the plot and a dot on each series, moved by pointer or arrow keys. */
export function Crosshair({ title, atMs, series, format, heightOf, cursor, onCursor }: Props) {
  const last = atMs.length - 1
  const place = cursor === null ? last : Math.min(cursor, last)
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    onCursor(Math.max(0, Math.min(last, Math.floor(((event.clientX - left) / width) * atMs.length))))
  }
  const step = (event: KeyboardEvent) => {
    const by = event.shiftKey ? leap : 1
    const next = { ArrowLeft: place - by, ArrowRight: place + by, Home: 0, End: last }[event.key]
    if (event.key === 'Escape') onCursor(null)
    if (next === undefined) return
    event.preventDefault()
    onCursor(Math.max(0, Math.min(last, next)))
  }
  const values = series.map(({ name, values }) => `${name} ${format(values[place] ?? null)}`)
  const left = `${((place + 0.5) / Math.max(1, atMs.length)) * 100}%`
  return (
    <div
      className={classes.touch}
      role="slider"
      tabIndex={0}
      aria-label={title}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={Math.max(0, place)}
      aria-valuetext={[formatClock(atMs[place] ?? 0), ...values].join(', ')}
      onPointerMove={point}
      onPointerLeave={() => onCursor(null)}
      onKeyDown={step}
      onBlur={() => onCursor(null)}
    >
      {cursor === null ? null : (
        <>
          <span className={classes.cursor} style={{ left }} />
          {series.map(({ id, color, values }) => {
            const value = values[place]
            return value == null ? null : (
              <span key={id} className={classes.dot} style={{ left, top: heightOf(value), background: color }} />
            )
          })}
        </>
      )}
    </div>
  )
}
