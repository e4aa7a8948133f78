import { memo } from 'react'
import type { LogLine } from '../../../../shared/contract/server-log'
import { formatClock } from '../../../format/times'
import classes from './log.module.css'
import { partsOf } from './log-parts'

type Props = { line: LogLine | undefined; place: number; top: number; search: string; isCurrent: boolean }

/** Nobody sees more of it in one row; a line can have a megabyte. */
const longestInRow = 2000

/** One line in its columns. It can be pressed; the list listens for all of them. */
export const LogLineRow = memo(function LogLineRow({ line, place, top, search, isCurrent }: Props) {
  const style = { transform: `translateY(${top}px)` }
  if (!line) return <div className={classes.line} style={style} />
  const { level, source, pieces } = partsOf({ ...line, text: line.text.slice(0, longestInRow) })
  const wanted = search.trim().toLowerCase()
  return (
    <div
      className={classes.line}
      style={style}
      data-level={line.level}
      data-place={place}
      data-current={isCurrent || undefined}
    >
      <span className={classes.at}>{clockOf(line.atMs)}</span>
      <span className={classes.level}>{level}</span>
      <span className={classes.source}>{marked(source, wanted)}</span>
      <span className={classes.message}>
        {pieces.map(({ text, isFaint }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place
          <span key={place} className={isFaint ? classes.faint : undefined}>
            {marked(text, wanted)}
          </span>
        ))}
      </span>
    </div>
  )
})

/** With its milliseconds where the line told them. */
function clockOf(atMs: number): string {
  const rest = atMs % 1000
  return rest === 0 ? formatClock(atMs) : `${formatClock(atMs)}.${String(rest).padStart(3, '0')}`
}

function marked(text: string, wanted: string) {
  if (wanted === '') return text
  const lower = text.toLowerCase()
  const parts = []
  let end = 0
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, end)) {
    parts.push(text.slice(end, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>)
    end = at + wanted.length
  }
  return [...parts, text.slice(end)]
}
