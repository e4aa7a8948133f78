import type { LogLine } from '../../../../shared/contract/server-log'
import { formatLatency } from '../../../format/times'

type Piece = { text: string; isFaint: boolean }

/** A line as its columns show it. What is not in them (the time, the level's name) is said elsewhere in the row. */
export type LogParts = { level: string; source: string; pieces: Piece[] }

const slog = /^time=\S+ level=(\w+)(?: source=(\S+))?(?: msg=("(?:[^"\\]|\\.)*"|\S+))?(.*)$/s
const goLogger = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d ([\w.]+:\d+): ([A-Z]+) (.*)$/s
const access = /^\[GIN\] \S+ - \S+ \| *(\d+) \| *(\S+) \| *(\S*) \| (\w+) +"(.*)"$/
const engine = /^(?:(srv|slot|que|cmn|spec) +|([a-z_]\w{2,}): )(.*)$/s
const failing = /^(error|panic|fatal|warning)/i
const pair = /(?<= |^)([\w.]+=)(?=\S)/

const levelNames: Partial<Record<LogLine['level'], string>> = { error: 'ERROR', warn: 'WARN', info: 'INFO' }

/**
 * Takes a line of a server's log apart, in any of the shapes that it mixes: slog, Go's logger, access lines, llama.cpp.
 * A line of no known shape is its own message.
 */
export function partsOf({ stream, level, text }: Pick<LogLine, 'stream' | 'level' | 'text'>): LogParts {
  const named = levelNames[level] ?? ''
  if (stream === 'corral') return { level: named, source: 'corral', pieces: plain(text) }
  const said = slog.exec(text)
  if (said) {
    const [, name = '', source = '', message = '', rest = ''] = said
    return { level: name, source, pieces: [...plain(unquoted(message)), ...pairs(rest)] }
  }
  const logged = goLogger.exec(text)
  if (logged) return { level: logged[2] ?? '', source: logged[1] ?? '', pieces: pairs(logged[3] ?? '') }
  const asked = access.exec(text)
  if (asked) {
    const [, status = '', duration = '', client = '', method = '', path = ''] = asked
    const words = `${latency(duration)}  ${client}  ${method} ${path}`
    return { level: level === 'error' ? named : '', source: 'gin', pieces: [faint(`${status}  `), ...plain(words)] }
  }
  const spoken = failing.test(text) ? null : engine.exec(text)
  if (spoken) return { level: named, source: spoken[1] ?? spoken[2] ?? '', pieces: plain(spoken[3] ?? '') }
  return { level: level === 'error' ? named : '', source: '', pieces: plain(text) }
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

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}

const unitMs: Record<string, number> = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1000 }

/** Go's own length of time with the digits that a reader wants; one of several units stays as it is. */
function latency(duration: string): string {
  const [, amount, unit = ''] = /^([\d.]+)(ns|µs|ms|s)$/.exec(duration) ?? []
  return amount === undefined ? duration : formatLatency(Number(amount) * (unitMs[unit] ?? 1))
}
