import { goUnquoted } from './go-quoted'
import { saysOneOf } from './known-lines'

/** `access`: a request and its answer; `plain`: what the engine says, which has no level of its own. */
export const logLevels = ['error', 'warn', 'info', 'debug', 'access', 'plain'] as const
export type LogLevel = (typeof logLevels)[number]

/** What a server's log mixes: slog, Go's own logger (before 0.7), access lines, the engine, and lines of no known shape. */
export type LogLineParts =
  | { shape: 'slog'; level: string; source: string; message: string; pairs: string }
  | { shape: 'logger'; level: string; source: string; message: string }
  | { shape: 'access'; status: string; duration: string; client: string; method: string; path: string }
  | { shape: 'engine'; source: string; message: string }
  | { shape: 'other'; message: string }

const slog = /^time=\S+ level=(\w+)(?: source=(\S+))?(?: msg=("(?:[^"\\]|\\.)*"|\S+))?(.*)$/s
const logger = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d ([\w.]+:\d+): ([A-Z]+) (.*)$/s
const access = /^\[GIN\] \S+ - \S+ \| *(\d+) \| *(\S+) \| *(\S*) \| (\w+) +"(.*)"$/
const engine = /^(?:(srv|slot|que|cmn|spec) +|([a-z_]\w{2,}): )(.*)$/s
const failing = /^(error|panic|fatal|warning)/i

// Colours, titles of windows, moves of the cursor: what a program writes for a terminal.
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** A line without what only a terminal can read, and without its end. */
export const readable = (line: string): string =>
  (line.includes('\u001b') ? line.replace(terminalCodes, '') : line).replace(/[\r\n]+$/, '')

/** A line taken apart by its shape; `pairs` are as they stand, names and quotes and all. */
export function partsOfLine(written: string): LogLineParts {
  const text = readable(written)
  const said = slog.exec(text)
  if (said) {
    const [, level = '', source = '', message = '', pairs = ''] = said
    return { shape: 'slog', level, source, message: goUnquoted(message), pairs }
  }
  const logged = logger.exec(text)
  if (logged) return { shape: 'logger', level: logged[2] ?? '', source: logged[1] ?? '', message: logged[3] ?? '' }
  const asked = access.exec(text)
  if (asked) {
    const [, status = '', duration = '', client = '', method = '', path = ''] = asked
    return { shape: 'access', status, duration, client, method, path }
  }
  const spoken = failing.test(text) ? null : engine.exec(text)
  return spoken
    ? { shape: 'engine', source: spoken[1] ?? spoken[2] ?? '', message: spoken[3] ?? '' }
    : { shape: 'other', message: text }
}

const slogLevel = /\blevel=(ERROR|WARN|INFO|DEBUG|TRACE)\b/
const loggerLevel = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d [\w.]+:\d+: (ERROR|WARN|INFO|DEBUG) /
const levels: Record<string, LogLevel> = { ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug', TRACE: 'debug' }
const isFailure = saysOneOf(
  'command-failed',
  'server-panics',
  'native-crash',
  'stack-trace',
  'engine-fails',
  'weights-not-loaded',
  'card-refuses-memory',
)

/** The level of a line: as it says itself, of an access line by its status, of the engine's by its words. */
export function levelOf(written: string): LogLevel {
  const line = readable(written)
  const named = slogLevel.exec(line)?.[1] ?? loggerLevel.exec(line)?.[1]
  if (named) return levels[named] ?? 'info'
  if (line.startsWith('[GIN]')) return / \| 5\d\d \| /.test(line) ? 'error' : 'access'
  return isFailure(line) ? 'error' : 'plain'
}

/** The pairs of a slog line: bare words or quoted texts on both sides of the equals sign. */
export function pairsOf(line: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const match of line.matchAll(/("(?:[^"\\]|\\.)*"|[\w.]+)=("(?:[^"\\]|\\.)*"|\S*)/g)) {
    pairs[goUnquoted(match[1] ?? '')] = goUnquoted(match[2] ?? '')
  }
  return pairs
}

/** When a line was written, as it says itself, ms; null where it does not. */
export function timeOf(text: string): number | null {
  const line = readable(text)
  const written = /\btime=(\S+)/.exec(line)?.[1]
  if (written) return Date.parse(written) || null
  const plain = /^(?:\[GIN\] )?(\d{4})\/(\d\d)\/(\d\d) (?:- )?(\d\d):(\d\d):(\d\d)/.exec(line)
  if (!plain) return null
  const [year, month, day, hour, minute, second] = plain.slice(1).map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, day, hour, minute, second).getTime()
}
