/**
 * Whole lines out of bytes that may be cut anywhere, inside a character too. A line ends with \n or \r\n. Of a line
 * longer than the longest only its beginning is kept, so that one without an end cannot fill the memory.
 */
export class Lines {
  readonly #decoder = new TextDecoder()
  #begun = ''

  constructor(private readonly longestCharacters: number) {}

  /** The lines that these bytes end, in order; empty ones too. */
  take(bytes: Uint8Array): string[] {
    const text = this.#decoder.decode(bytes, { stream: true })
    const end = text.lastIndexOf('\n')
    if (end === -1) {
      this.#begin(this.#begun + text)
      return []
    }
    const lines = (this.#begun + text.slice(0, end)).split('\n')
    this.#begin(text.slice(end + 1))
    return lines.map((line) => this.#cut(line.endsWith('\r') ? line.slice(0, -1) : line))
  }

  /** What came after the last line's end, once nothing more comes; null where nothing did. */
  rest(): string | null {
    const rest = this.#begun + this.#decoder.decode()
    return rest === '' ? null : rest
  }

  #begin(text: string) {
    this.#begun = this.#cut(text)
  }

  #cut(line: string) {
    return line.length > this.longestCharacters ? line.slice(0, this.longestCharacters) : line
  }
}
