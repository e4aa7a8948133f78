import { Fence } from '../../../shared/chat/fence'

/** Follows a text of Markdown and knows where in its code it stands. */
export class CodeAround {
  #fence: Fence | null = null
  #line = ''

  take(text: string): void {
    const [rest = '', ...lines] = text.split('\n')
    this.#line += rest // a line may be very long: only its end is looked for
    for (const line of lines) {
      this.#endLine(this.#line)
      this.#line = line
    }
  }

  /** What has come of the line under way. */
  get line(): string {
    return this.#line
  }

  get isInFence(): boolean {
    return this.#fence !== null
  }

  /**
   * Whether what comes next stands between backticks, which the rest of the line tells; null while that rest may still
   * come. Where nothing closes them they are no code.
   */
  isInBackticks(rest: string, isEnd: boolean): boolean | null {
    const open = openBackticks(this.#line)
    if (open === '') return false
    const [line = '', nextLine] = rest.slice(0, longestWait).split('\n', 2)
    const isWhole = isEnd || nextLine !== undefined || rest.length >= longestWait
    const closing = isWhole ? line : line.replace(/`+$/, '') // more of them may come
    if ([...closing.matchAll(/`+/g)].some(([run]) => run === open)) return true
    return isWhole ? Fence.open(this.#line + line) !== null : null
  }

  #endLine(line: string) {
    const text = line.trimStart()
    if (!this.#fence) this.#fence = Fence.open(text.replace(/^(?:[-*+>]|\d{1,9}[.)])\s+/, '').trimStart())
    else if (this.#fence.closesWith(text)) this.#fence = null
  }
}

const longestWait = 2000

/** The backticks of a line that nothing has closed yet. */
function openBackticks(line: string): string {
  let open = ''
  for (const [run] of line.matchAll(/`+/g)) {
    if (open === '') open = run
    else if (open === run) open = ''
  }
  return open
}
