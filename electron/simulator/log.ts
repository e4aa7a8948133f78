import { isOldStyle } from './configuration'

type Value = string | number | boolean

/** Writes as the server does: slog lines on stderr, access lines on stdout, in the manner of its version. */
export class Log {
  readonly #old: boolean

  constructor(
    version: string,
    private readonly isDebug: boolean,
  ) {
    this.#old = isOldStyle(version)
  }

  info = (source: string, message: string, values: Record<string, Value> = {}) =>
    this.#slog('INFO', source, message, values)
  warn = (source: string, message: string, values: Record<string, Value> = {}) =>
    this.#slog('WARN', source, message, values)
  error = (source: string, message: string, values: Record<string, Value> = {}) =>
    this.#slog('ERROR', source, message, values)
  debug = (source: string, message: string, values: Record<string, Value> = {}) => {
    if (this.isDebug) this.#slog('DEBUG', source, message, values)
  }

  /** The first lines of an old server come from Go's plain logger. */
  plainLogger(level: string, source: string, text: string): void {
    if (!this.#old) return
    const at = new Date()
    const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())}`
    this.bare(`${date} ${clock(at)} ${source}: ${level} ${text}`)
  }

  /** A line of llama.cpp: no time, no level. */
  bare(line: string): void {
    process.stderr.write(`${line}\n`)
  }

  access(status: number, durationMs: number, address: string, method: string, path: string): void {
    const at = new Date()
    const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} - ${clock(at)}`
    const duration =
      durationMs < 1
        ? `${(durationMs * 1000).toFixed(3)}µs`
        : durationMs < 1000
          ? `${durationMs.toFixed(6)}ms`
          : `${(durationMs / 1000).toFixed(9)}s`
    process.stdout.write(
      `[GIN] ${date} | ${status} | ${duration.padStart(13)} | ${address.padStart(15)} | ${method.padEnd(8)} "${path}"\n`,
    )
  }

  #slog(level: string, source: string, message: string, values: Record<string, Value>) {
    const pairs = Object.entries(values).map(([key, value]) => ` ${quoted(key)}=${quoted(String(value))}`)
    process.stderr.write(
      `time=${new Date().toISOString()} level=${level} source=${source} msg=${quoted(message)}${pairs.join('')}\n`,
    )
  }
}

const two = (value: number) => String(value).padStart(2, '0')
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
const quoted = (text: string) => (text === '' || /[\s="]/.test(text) ? JSON.stringify(text) : text)
