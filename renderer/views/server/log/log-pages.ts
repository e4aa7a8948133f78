import type { LogFilter, LogLine, LogSummary, LogWindow } from '../../../../shared/contract/server-log'

const pageSize = 200
/** Lines of so many pages beside those in sight are kept. */
const pagesBeside = 10

type Read = (window: LogFilter & { from: number; count: number }) => Promise<LogWindow>

/**
 * The lines of a log by their place among those of a filter, fetched a page at a time as they come into sight. An answer
 * for another filter, or for a log that has lost its oldest lines meanwhile, comes too late and is dropped.
 */
export class LogPages {
  /** Lines of the filter; of the one before, until the first answer for this one. */
  matchCount = 0
  /** Of the oldest kept line: places count from it. */
  firstNumber = 1
  /** Counts up with every change that listeners hear of. */
  version = 0
  #filter: LogFilter | null = null
  #lastNumber = 0
  /** An empty page is being fetched. */
  readonly #pages = new Map<number, LogLine[]>()
  #inSight: readonly [number, number] = [0, 0]
  readonly #listeners = new Set<() => void>()

  constructor(private readonly read: Read) {}

  /** Shows the lines of this filter, of a log that is so long now. The same filter is the same object. */
  show(filter: LogFilter, { lastNumber, lineCount }: Pick<LogSummary, 'lastNumber' | 'lineCount'>): void {
    const firstNumber = lastNumber - lineCount + 1
    const isOther = filter !== this.#filter || firstNumber !== this.firstNumber
    const isLonger = lastNumber !== this.#lastNumber
    this.#filter = filter
    this.firstNumber = firstNumber
    this.#lastNumber = lastNumber
    const [first, last] = this.#inSight
    if (isOther) {
      // Its lines in sight are fetched at once: a list that is as long as before asks for nothing anew.
      this.#pages.clear()
      for (const page of new Set([0, first, last])) this.#begin(page)
    } else if (isLonger) {
      void this.#fetch(last) // the others stay as they are
    }
  }

  /** These places are in sight. */
  want(firstPlace: number, lastPlace: number): void {
    const first = Math.floor(firstPlace / pageSize)
    const last = Math.floor(lastPlace / pageSize)
    this.#inSight = [first, last]
    for (const page of this.#pages.keys()) {
      if (page < first - pagesBeside || page > last + pagesBeside) this.#pages.delete(page)
    }
    for (let page = first; page <= last; page++) {
      const held = this.#pages.get(page)?.length
      const isShort = held !== undefined && held > 0 && held < Math.min(pageSize, this.matchCount - page * pageSize)
      if (held === undefined) this.#begin(page)
      else if (isShort) void this.#fetch(page)
    }
  }

  /** The line of this place; undefined until it has come. */
  line(place: number): LogLine | undefined {
    return this.#pages.get(Math.floor(place / pageSize))?.[place % pageSize]
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #begin(page: number) {
    this.#pages.set(page, [])
    void this.#fetch(page)
  }

  async #fetch(page: number) {
    const { firstNumber } = this
    const filter = this.#filter
    if (filter === null) return
    try {
      const window = await this.read({ ...filter, from: page * pageSize, count: pageSize })
      const isLate = filter !== this.#filter || firstNumber !== this.firstNumber
      if (isLate || window.firstNumber !== firstNumber) return
      // An empty one would be taken for one that is being fetched.
      if (window.lines.length === 0) this.#pages.delete(page)
      else this.#pages.set(page, window.lines)
      this.matchCount = window.matchCount
      this.version++
      for (const listener of this.#listeners) listener()
    } catch {
      // The banner of a lost host says it; the lines come with the next look.
      if (this.#pages.get(page)?.length === 0) this.#pages.delete(page)
    }
  }
}
