const opening = /^( {0,3})(`{3,}|~{3,})(.*)$/

export const isFenceOpening = (line: string): boolean => opening.test(line)

/** An open block of code between fences, and the rules of CommonMark for where it ends. */
export class Fence {
  private constructor(
    private readonly indent: number,
    private readonly mark: string,
    readonly language: string,
  ) {}

  /** The fence that a line opens; null when it opens none. */
  static open(line: string): Fence | null {
    const [, indent = '', mark = '', info = ''] = opening.exec(line) ?? []
    if (mark === '' || (mark.startsWith('`') && info.includes('`'))) return null
    return new Fence(indent.length, mark, info.trim().split(/\s+/)[0] ?? '')
  }

  isClosedBy(line: string): boolean {
    const text = line.trim()
    return text.startsWith(this.mark) && text.replaceAll(this.mark.charAt(0), '') === '' && line.search(/\S/) < 4
  }

  /** Whether the beginning of a line may still become the closing fence. */
  mayBeClosing(start: string): boolean {
    const text = start.trim()
    return text !== '' && text.replaceAll(this.mark.charAt(0), '') === '' && start.search(/\S/) < 4
  }

  /** A line of the code without the indent that its fence has. */
  outdent(line: string): string {
    const blanks = line.length - line.trimStart().length
    return line.slice(Math.min(this.indent, blanks))
  }
}
