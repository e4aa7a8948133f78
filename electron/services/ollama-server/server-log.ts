import type { LogFilter, LogLine, LogSummary, LogWindow } from '../../../shared/contract/server-log'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import type { Said } from './line-order'
import { levelOf, timeOf } from './log-line'

const keptLines = 100_000

/** The last 100,000 lines of the server and of what Corral did to it, redacted. */
export class ServerLog {
  readonly summary = new Watched<LogSummary>({
    lineCount: 0,
    lastNumber: 0,
    errorCount: 0,
    warningCount: 0,
    firstErrorNumber: null,
  })
  #lines: LogLine[] = []
  #lastNumber = 0

  get lines(): readonly LogLine[] {
    return this.#lines
  }

  add(stream: LogLine['stream'], texts: readonly string[]): void {
    this.addAll(texts.map((text) => ({ stream, text, atMs: timeOf(text) })))
  }

  addAll(said: readonly Said[]): void {
    if (said.length === 0) return
    for (const { stream, text, atMs } of said) {
      const line = redact(text)
      this.#lines.push({
        number: ++this.#lastNumber,
        atMs: atMs ?? Date.now(),
        stream,
        level: stream === 'corral' ? 'info' : levelOf(line),
        text: line,
      })
    }
    // Cut with room to spare: moving the whole array for each line would cost more than the lines themselves.
    if (this.#lines.length > keptLines * 1.1) this.#lines = this.#lines.slice(-keptLines)
    this.#summarise()
  }

  /** Begins anew, as another server does. Line numbers go on. */
  clear(): void {
    this.#lines = []
    this.#summarise()
  }

  read({ levels, search, from, count }: LogFilter & { from: number; count: number }): LogWindow {
    const matching = this.#matching(levels, search)
    const begin = from === -1 ? Math.max(0, matching.length - count) : Math.min(from, matching.length)
    return { from: begin, matchCount: matching.length, lines: matching.slice(begin, begin + count) }
  }

  /** The lines that somebody who wants to know why it died would read: the last ones, or those from a panic on. */
  lastLines(count: number): string[] {
    const said = this.#lines
      .filter(({ stream, level }) => stream !== 'corral' && level !== 'access')
      .map(({ text }) => text)
    const panic = said.findLastIndex((text) => /^(panic|fatal error): /.test(text))
    return panic === -1 ? said.slice(-count) : said.slice(panic, panic + count)
  }

  #matching(levels: LogFilter['levels'], search: string | undefined): readonly LogLine[] {
    const wanted = search?.trim().toLowerCase() ?? ''
    if (!levels && wanted === '') return this.#lines
    const allowed = levels && new Set(levels)
    return this.#lines.filter(
      (line) => (!allowed || allowed.has(line.level)) && (wanted === '' || line.text.toLowerCase().includes(wanted)),
    )
  }

  #summarise() {
    const errors = this.#lines.filter(({ level }) => level === 'error')
    this.summary.set({
      lineCount: this.#lines.length,
      lastNumber: this.#lastNumber,
      errorCount: errors.length,
      warningCount: this.#lines.reduce((sum, { level }) => sum + (level === 'warn' ? 1 : 0), 0),
      firstErrorNumber: errors[0]?.number ?? null,
    })
  }
}
