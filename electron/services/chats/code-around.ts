import { Fence } from '../../../shared/chat/fence'

/** Follows a text of Markdown and knows where in its code it stands. */
export class CodeAround {
  #fence: Fence | null = null
  #line = ''
  /** The beginning and the end of that line, which may be very long and is put together only when it has ended. */
  #lineStart = ''
  #lineEnd = ''
  /** Of the backticks of the line that nothing has closed yet, how many; and how many end it so far. */
  #openRun = 0
  #lastRun = 0
  #runCount = 0

  take(text: string): void {
    const [rest = '', ...lines] = text.split('\n')
    this.#takeOfLine(rest)
    for (const line of lines) {
      this.#endLine()
      this.#takeOfLine(line)
    }
  }

  /** The end of what has come of the line under way. */
  get before(): string {
    return this.#lineEnd
  }

  get isLineBlank(): boolean {
    return this.#lineStart.trim() === ''
  }

  /** Whether nothing or a mere indent has come of the line. */
  get isLineStart(): boolean {
    return this.isLineBlank && this.#lineStart.length < 4
  }

  get isInFence(): boolean {
    return this.#fence !== null
  }

  /**
   * Whether what comes next stands between backticks, which the rest of the line tells; null while that rest may still
   * come. Where nothing closes them they are no code.
   */
  isInBackticks(rest: string, isEnd: boolean): boolean | null {
    const open = this.#openRunNow
    if (open === 0) return false
    const [line = '', nextLine] = rest.slice(0, longestWait).split('\n', 2)
    const isWhole = isEnd || nextLine !== undefined || rest.length >= longestWait
    const closing = isWhole ? line : line.replace(/`+$/, '') // more of them may come
    for (const [run] of closing.matchAll(/`+/g)) if (run.length === open) return true
    return isWhole ? this.#isFenceLine(line) : null
  }

  get #openRunNow(): number {
    if (this.#lastRun === 0 || this.#openRun === 0) return this.#openRun || this.#lastRun
    return this.#openRun === this.#lastRun ? 0 : this.#openRun
  }

  #isFenceLine(rest: string): boolean {
    if (Fence.open(this.#lineStart) === null) return false
    if (this.#lineStart.trimStart().startsWith('~')) return true
    return this.#runCount + (this.#lastRun > 0 ? 1 : 0) === 1 && !rest.includes('`')
  }

  #takeOfLine(text: string) {
    if (text === '') return
    this.#line += text
    if (this.#lineStart.length < longestWait) this.#lineStart += text.slice(0, longestWait - this.#lineStart.length)
    this.#lineEnd = (this.#lineEnd + text.slice(-40)).slice(-40)
    for (const [part] of text.matchAll(/`+|[^`]+/g)) {
      if (part.startsWith('`')) this.#lastRun += part.length
      else this.#endRun()
    }
  }

  #endRun() {
    if (this.#lastRun > 0) this.#runCount++
    this.#openRun = this.#openRunNow
    this.#lastRun = 0
  }

  #endLine() {
    const text = this.#line.trimStart()
    if (!this.#fence) this.#fence = Fence.open(text.replace(/^(?:[-*+>]|\d{1,9}[.)])\s+/, '').trimStart())
    else if (this.#fence.closesWith(text)) this.#fence = null
    this.#line = ''
    this.#lineStart = ''
    this.#lineEnd = ''
    this.#openRun = 0
    this.#lastRun = 0
    this.#runCount = 0
  }
}

const longestWait = 2000
