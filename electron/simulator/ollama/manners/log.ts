import { goDurationText } from './go-values'
import { isOldStyle } from './version-style'

export type LogValue = string | number | boolean
type Values = Record<string, LogValue>

/**
 * Writes as the server does: slog and llama.cpp lines on stderr, access lines on stdout, in the manner of its version.
 * A closed pipe ends the server as SIGPIPE ends a Go program: at once, its runners left behind.
 */
export class Log {
  readonly #old: boolean
  /** Until the server has begun, lines come from Go's plain logger. */
  #isPlain = true

  constructor(
    version: string,
    private readonly isDebug: boolean,
  ) {
    this.#old = isOldStyle(version)
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(141))
  }

  /** From now on in the structured form, as after the server has set up its own logger. */
  setUp(): void {
    this.#isPlain = false
  }

  info = (source: string, message: string, values: Values = {}) => this.#write('INFO', source, message, values)
  warn = (source: string, message: string, values: Values = {}) => this.#write('WARN', source, message, values)
  error = (source: string, message: string, values: Values = {}) => this.#write('ERROR', source, message, values)
  debug = (source: string, message: string, values: Values = {}) => {
    if (this.isDebug) this.#write('DEBUG', source, message, values)
  }

  /** For the two styles' different places in the source. */
  infoAt = (source: { old: string; new: string }, message: string, values: Values = {}) =>
    this.info(this.#old ? source.old : source.new, message, values)
  warnAt = (source: { old: string; new: string }, message: string, values: Values = {}) =>
    this.warn(this.#old ? source.old : source.new, message, values)

  /** Lines of llama.cpp: no time, no level. */
  bare(lines: readonly string[]): void {
    if (lines.length > 0) say(process.stderr, `${lines.join('\n')}\n`)
  }

  access(status: number, durationMs: number, address: string, method: string, path: string): void {
    const at = new Date()
    const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())} - ${clock(at)}`
    const duration = goDurationText(durationMs > 60_000 ? Math.floor(durationMs / 1000) * 1000 : durationMs)
    say(
      process.stdout,
      `[GIN] ${date} | ${status} | ${duration.padStart(13)} | ${address.padStart(15)} | ${method.padEnd(8)} ${quotedAlways(path)}\n`,
    )
  }

  #write(level: string, source: string, message: string, values: Values) {
    const pairs = Object.entries(values).map(([key, value]) => ` ${quoted(key)}=${quoted(String(value))}`)
    if (this.#isPlain) {
      const at = new Date()
      const date = `${at.getFullYear()}/${two(at.getMonth() + 1)}/${two(at.getDate())}`
      say(process.stderr, `${date} ${clock(at)} ${source}: ${level} ${message}${pairs.join('')}\n`)
      return
    }
    say(
      process.stderr,
      `time=${new Date().toISOString()} level=${level} source=${source} msg=${quoted(message)}${pairs.join('')}\n`,
    )
  }
}

/** A line that finds no room is lost and ends nothing, as with Go's logger. */
function say(stream: NodeJS.WriteStream, text: string) {
  try {
    stream.write(text)
  } catch {
    // a full disk
  }
}

const two = (value: number) => String(value).padStart(2, '0')
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
const quotedAlways = (text: string) => JSON.stringify(text)
const quoted = (text: string) => (text === '' || /[\s="]/.test(text) ? JSON.stringify(text) : text)
