const opening = /^( {0,3})(`{3,}|~{3,})([^\n]*)$/

/** Their code is Markdown, in which fences stand: models write a whole file between three backticks. */
const markdownLanguages = new Set(['markdown', 'md', 'mdx'])

export const isFenceOpening = (line: string): boolean => opening.test(line)

/** An open block of code between fences, and the rules of CommonMark for where it ends. */
export class Fence {
  /** The open fences within a file of Markdown, the innermost last. */
  readonly #inner: Fence[] = []
  #hasNested = false

  private constructor(
    private readonly indent: number,
    private readonly mark: string,
    private readonly info: string,
  ) {}

  /** The fence that a line opens; null when it opens none. */
  static open(line: string): Fence | null {
    const [, indent = '', mark = '', info = ''] = opening.exec(line) ?? []
    if (mark === '' || (mark.startsWith('`') && info.includes('`'))) return null
    return new Fence(indent.length, mark, info.trim())
  }

  get language(): string {
    return this.info.split(/\s+/)[0] ?? ''
  }

  /** Whether fences were opened within, which only we take for such: CommonMark ends the block at the first that closes. */
  get hasNested(): boolean {
    return this.#hasNested
  }

  /**
   * Takes the next line of the block and says whether it closes it. In a file of Markdown a fence with an info string
   * opens a block within; the next bare fence closes that one.
   */
  closesWith(line: string): boolean {
    const innermost = this.#inner.at(-1) ?? this
    if (innermost.#isClosedBy(line)) {
      this.#inner.pop()
      return innermost === this
    }
    const opened = innermost.#isMarkdown ? Fence.open(line) : null
    if (opened && opened.info !== '' && opened.mark.startsWith(innermost.mark)) {
      this.#inner.push(opened)
      this.#hasNested = true
    }
    return false
  }

  /** Whether the beginning of a line may still become the closing fence. */
  mayBeClosing(start: string): boolean {
    const text = start.trim()
    return (
      this.#inner.length === 0 &&
      text !== '' &&
      text.replaceAll(this.mark.charAt(0), '') === '' &&
      start.search(/\S/) < 4
    )
  }

  /** A line of the code without the indent that its fence has. */
  outdent(line: string): string {
    const blanks = line.length - line.trimStart().length
    return line.slice(Math.min(this.indent, blanks))
  }

  get #isMarkdown(): boolean {
    return markdownLanguages.has(this.language.toLowerCase())
  }

  #isClosedBy(line: string): boolean {
    const text = line.trim()
    return text.startsWith(this.mark) && text.replaceAll(this.mark.charAt(0), '') === '' && line.search(/\S/) < 4
  }
}
