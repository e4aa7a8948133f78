import { isDeepStrictEqual } from 'node:util'
import type {
  LogFilter,
  LogHistogram,
  LogLine,
  LogMatch,
  LogQuestion,
  LogSummary,
  LogWindow,
} from '../../../shared/contract/server-log'
import { beginsCrash } from '../../../shared/ollama/crash'
import { levelOf, partsOfLine, readable, timeOf } from '../../../shared/ollama/log-line'
import type { Redact } from '../../platform/redactor'
import { filterInSlices } from '../../platform/slices'
import { Watched } from '../../platform/watched'
import { CrashBlocks } from './crash-blocks'
import { findLine } from './find-line'
import type { Said } from './line-order'
import { histogramOf } from './log-histogram'

const keptLines = 100_000
const openingLines = 30
const keptAnswers = 2000
/** The rest of its report is in the file by then. */
const crashToldWithinMs = 500
/** A server that went on after a crash was not ended by it, but by something later. */
const linesAfterCrash = 3

const noLines = (): LogSummary['counts'] => ({ error: 0, warn: 0, info: 0, debug: 0, access: 0, plain: 0 })

/** The last 100,000 lines of the server and of what Corral did to it, redacted. */
export class ServerLog {
  readonly summary = new Watched<LogSummary>({ lineCount: 0, lastNumber: 0, counts: noLines(), files: [] })
  /** When the last answers that come in pieces had come; an access line tells the second. */
  readonly answeredAtMs: number[] = []
  #lines: LogLine[] = []
  #counts = noLines()
  #lastNumber = 0
  #earlierNumber = 0 // of the last line of the server before
  #opening: LogLine[] = [] // with what the server says of its configuration
  readonly #crashes = new CrashBlocks()
  #crashTimer: NodeJS.Timeout | undefined

  constructor(private readonly redact: Redact) {}

  /** Those of the server that runs, or ran last; the first of it are always among them. */
  get lines(): readonly LogLine[] {
    const dropped = this.#lastNumber - this.#lines.length
    const kept = this.#lines.slice(Math.max(0, this.#earlierNumber - dropped))
    return [...this.#opening.filter(({ number }) => number <= dropped), ...kept]
  }

  /** Those after the line of this number. */
  after(number: number): readonly LogLine[] {
    return this.#lines.slice(Math.max(0, this.#lines.length - (this.#lastNumber - number)))
  }

  add(stream: LogLine['stream'], texts: readonly string[]): void {
    this.addAll(texts.map((text) => ({ stream, text, atMs: timeOf(text) })))
  }

  addAll(said: readonly Said[]): void {
    this.#keep(this.#crashes.take(said.map((line) => ({ ...line, text: readable(line.text) }))))
    clearTimeout(this.#crashTimer)
    if (!this.#crashes.isEmpty) this.#crashTimer = setTimeout(() => this.#settle(), crashToldWithinMs).unref()
  }

  /** The report of a crash is held while it comes: whoever must know it all takes it as it is. */
  #settle() {
    this.#keep(this.#crashes.flush())
  }

  #keep(said: readonly Said[]) {
    if (said.length === 0) return
    for (const { stream, text, atMs, level: told } of said) {
      const line = this.redact(text)
      const level = told ?? (stream === 'corral' ? 'info' : levelOf(line))
      const entry = { number: ++this.#lastNumber, atMs: atMs ?? Date.now(), stream, level, text: line }
      this.#lines.push(entry)
      if (entry.number - this.#earlierNumber <= openingLines) this.#opening.push(entry)
      this.#counts[level] += 1
    }
    // Cut with room to spare: moving the whole array for each line would cost more than the lines themselves.
    if (this.#lines.length > keptLines * 1.1) {
      for (const { level } of this.#lines.splice(0, this.#lines.length - keptLines)) this.#counts[level] -= 1
    }
    this.#summarise()
  }

  noteAnswered(atMs: number): void {
    this.answeredAtMs.push(atMs)
    if (this.answeredAtMs.length > 2 * keptAnswers) this.answeredAtMs.splice(0, keptAnswers)
  }

  /** Where the lines come from, and how much has been written there. */
  noteFiles(files: LogSummary['files']): void {
    if (!isDeepStrictEqual(files, this.summary.current.files)) this.summary.update((summary) => ({ ...summary, files }))
  }

  /** Another server begins; what the one before it said stays readable. */
  beginServer(): void {
    this.#settle()
    this.#earlierNumber = this.#lastNumber
    this.#opening = []
    if (this.#lines.length > 0) this.add('corral', ['a server is started'])
  }

  /** Begins anew, as another Ollama does. Line numbers go on. */
  clear(): void {
    this.#crashes.flush()
    this.#lines = []
    this.#opening = []
    this.#earlierNumber = this.#lastNumber
    this.#counts = noLines()
    this.#summarise()
  }

  async read({ levels, from, count }: LogFilter & { from: number; count: number }): Promise<LogWindow> {
    const firstNumber = this.#lastNumber - this.#lines.length + 1
    const lines = await this.#filtered(levels)
    const begin = from === -1 ? Math.max(0, lines.length - count) : Math.min(from, lines.length)
    return { from: begin, matchCount: lines.length, lines: lines.slice(begin, begin + count), firstNumber }
  }

  async find(question: LogQuestion): Promise<LogMatch | null> {
    return findLine(await this.#filtered(question.levels), question)
  }

  async histogram({ levels, stepCount }: LogFilter & { stepCount: number }): Promise<LogHistogram | null> {
    return histogramOf(await this.#filtered(levels), stepCount, Date.now(), this.#lines)
  }

  /** The lines that somebody who wants to know why it died would read: the last ones, or those from its crash on. */
  lastLines(count: number): string[] {
    this.#settle()
    const said = this.lines
      .filter(({ stream, level }) => stream !== 'corral' && level !== 'access')
      .map(({ text }) => text)
    const crash = said.findLastIndex(beginsCrash)
    const after = crash === -1 ? [] : said.slice(crash + 1).filter((text) => partsOfLine(text).shape === 'slog')
    const isOfCrash = crash !== -1 && after.length <= linesAfterCrash
    const lines = (isOfCrash ? said.slice(crash) : said.slice(-count)).flatMap((text) => text.split('\n'))
    return isOfCrash ? lines.slice(0, count) : lines.slice(-count)
  }

  /** As they are now: what is said, and dropped, while they are looked through changes nothing. */
  #filtered(levels: LogFilter['levels']): readonly LogLine[] | Promise<readonly LogLine[]> {
    const lines = this.#lines.slice()
    if (!levels) return lines
    const allowed = new Set(levels)
    return filterInSlices(lines, ({ level }) => allowed.has(level))
  }

  #summarise() {
    this.summary.update(({ files }) => ({
      lineCount: this.#lines.length,
      lastNumber: this.#lastNumber,
      counts: { ...this.#counts },
      files,
    }))
  }
}
