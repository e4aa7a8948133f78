import type { LogLevel } from '../../../shared/contract/server-log'

const slog = /\blevel=(ERROR|WARN|INFO|DEBUG|TRACE)\b/
const plainLogger = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d [\w.]+:\d+: (ERROR|WARN|INFO|DEBUG) /
const failing =
  /^(Error:|panic:|fatal error:|goroutine \d+|CUDA error|GGML_ASSERT|.*\b(error loading model|failed to load model|cudaMalloc failed)\b)/i

const levels: Record<string, LogLevel> = { ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug', TRACE: 'debug' }

/** The level of a line in any of the shapes that a server's log mixes: slog, Go's logger, access lines, llama.cpp. */
export function levelOf(line: string): LogLevel {
  const named = slog.exec(line)?.[1] ?? plainLogger.exec(line)?.[1]
  if (named) return levels[named] ?? 'info'
  if (line.startsWith('[GIN]')) return / \| 5\d\d \| /.test(line) ? 'error' : 'access'
  return failing.test(line) ? 'error' : 'plain'
}

/** The pairs of a slog line: bare words or quoted texts on both sides of the equals sign. */
export function pairsOf(line: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const match of line.matchAll(/("(?:[^"\\]|\\.)*"|[\w.]+)=("(?:[^"\\]|\\.)*"|\S*)/g)) {
    pairs[unquoted(match[1] ?? '')] = unquoted(match[2] ?? '')
  }
  return pairs
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  try {
    return JSON.parse(text) as string
  } catch {
    return text.slice(1, -1)
  }
}

/** When a line was written, as it says itself; null where it does not. */
export function timeOf(line: string): number | null {
  const written = /\btime=(\S+)/.exec(line)?.[1]
  if (written) return Date.parse(written) || null
  const plain = /^(?:\[GIN\] )?(\d{4})\/(\d\d)\/(\d\d) (?:- )?(\d\d):(\d\d):(\d\d)/.exec(line)
  if (!plain) return null
  const [year, month, day, hour, minute, second] = plain.slice(1).map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, day, hour, minute, second).getTime()
}
