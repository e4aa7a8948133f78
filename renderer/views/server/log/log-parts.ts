import type { LogLine } from '../../../../shared/contract/server-log'
import { goDurationMs } from '../../../../shared/ollama/go-duration'
import { partsOfLine } from '../../../../shared/ollama/log-line'
import { formatLatency } from '../../../format/times'

type Piece = { text: string; isFaint: boolean }

/** A line as its columns show it. What is not in them (the time, the level's name) is said elsewhere in the row. */
export type LogParts = { level: string; source: string; pieces: Piece[] }

const pair = /(?<= |^)([\w.]+=)(?=\S)/

const levelNames: Partial<Record<LogLine['level'], string>> = { error: 'ERROR', warn: 'WARN', info: 'INFO' }

/** A line of a server's log as its row shows it. A line of no known shape is its own message. */
export function partsOf({ stream, level, text }: Pick<LogLine, 'stream' | 'level' | 'text'>): LogParts {
  const named = levelNames[level] ?? ''
  if (stream === 'corral') return { level: named, source: 'corral', pieces: plain(text) }
  const said = partsOfLine(text)
  switch (said.shape) {
    case 'slog':
      return { level: said.level, source: said.source, pieces: [...plain(said.message), ...pairs(said.pairs)] }
    case 'logger':
      return { level: said.level, source: said.source, pieces: pairs(said.message) }
    case 'access': {
      const { status, duration, client, method, path } = said
      const words = `${latency(duration)}  ${client}  ${method} ${path}`
      return { level: level === 'error' ? named : '', source: 'gin', pieces: [faint(`${status}  `), ...plain(words)] }
    }
    case 'engine':
      return { level: named, source: said.source, pieces: plain(said.message) }
    case 'other':
      return { level: level === 'error' ? named : '', source: '', pieces: plain(said.message) }
  }
}

const faint = (text: string): Piece => ({ text: onOneLine(text), isFaint: true })
const plain = (text: string): Piece[] => (text === '' ? [] : [{ text: onOneLine(text), isFaint: false }])

/** The names of the pairs step back behind what they say. */
const pairs = (text: string): Piece[] =>
  text.split(pair).flatMap((piece, place) => (place % 2 === 1 ? [faint(piece)] : plain(piece)))

const onOneLine = (text: string) =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((part, place) => (place === 0 ? part.trimEnd() : part.trim()))
        .join(' ↵ ')
    : text

/** Go's own length of time with the digits that a reader wants; one of several units stays as it is. */
function latency(duration: string): string {
  const durationMs = goDurationMs(duration)
  return durationMs === null || durationMs >= 60_000 ? duration : formatLatency(durationMs)
}
