import { CodeAround } from './code-around'
import { type FoundMark, firstMark, partialMarkAt, type ThoughtMark } from './thought-marks'

/** What a piece turned out to be. `allThinking`: so was everything that has been told as text so far. */
export type Told = { of: 'text' | 'thinking'; text: string } | { of: 'allThinking' }

type Meaning = 'thought' | 'text' | 'nothing' | 'allThinking' | 'wait'

/**
 * Parts what a model thinks from what it says where both come as one text, between marks such as `<think>`: so do
 * templates that the server does not take for those of a thinking model. Pieces may be cut anywhere. In code a mark is
 * text, and so is one within a sentence about it.
 */
export class ThoughtSplitter {
  #held = '' // what may still become a mark, or a blank before one
  #inside: ThoughtMark | null = null
  #around = new CodeAround()
  /** As much of what is held has been looked at for code. */
  #lookedTo = 0
  #hasThought = false
  #hasText = false
  /** Of the thought under way. */
  #hasThoughtText = false
  #hadThoughtText = false
  /** Opening marks that were text: to them belong the next closing ones. */
  #openAsText = 0

  /** The server parts thoughts itself. */
  sawThinking(): void {
    this.#hasThought = true
  }

  take(piece: string): Told[] {
    this.#held += piece
    return this.#read(false)
  }

  /** What was held back. Half a mark at either end of a thought is not shown. */
  end(): Told[] {
    return this.#read(true)
  }

  #read(isEnd: boolean): Told[] {
    const told: Told[] = []
    for (let goesOn = true; goesOn; ) {
      const found = firstMark(this.#held)
      if (this.#inside)
        goesOn = found ? this.#markInThought(this.#inside, found, isEnd, told) : this.#thought(isEnd, told)
      else goesOn = found ? this.#markInText(found, isEnd, told) : this.#text(isEnd, told)
    }
    return told
  }

  #text(isEnd: boolean, told: Told[]): boolean {
    const end = partialMarkAt(this.#held)
    const isBlank = !this.#hasText && this.#held.slice(0, end).trim() === ''
    if (!isBlank) this.#tellText(this.#cut(end), told)
    if (isEnd && !(isBlank && (this.#hasThought || this.#held.length > end + 1))) this.#tellText(this.#held, told)
    return false
  }

  #markInText(found: FoundMark, isEnd: boolean, told: Told[]): boolean {
    if (this.#hasText || this.#held.slice(0, found.at).trim() !== '') {
      this.#tellText(this.#cut(found.at), told)
      found.at = 0
    }
    const meaning = this.#meaningInText(found, isEnd)
    if (meaning === 'wait') return false
    const passed = this.#cut(found.at + found.text.length)
    if (meaning === 'text') this.#tellText(passed, told)
    if (meaning === 'allThinking') {
      told.push({ of: 'allThinking' })
      this.#hasText = false
      this.#hadThoughtText = true
      this.#enter(null)
    }
    if (meaning === 'thought') this.#enter(found.mark)
    if (meaning === 'nothing' && !this.#hasText) this.#enter(null) // an empty thought, opened by the template
    return true
  }

  #meaningInText({ mark, kind, at, text }: FoundMark, isEnd: boolean): Meaning {
    this.#lookTo(at)
    if (this.#around.isInFence) return 'text'
    const after = this.#held.slice(at + text.length)
    const isInCode = this.#around.isInBackticks(after, isEnd)
    if (isInCode !== false) return isInCode ? 'text' : 'wait'
    const isFirst = !this.#hasText
    const isLineStart = /^ {0,3}$/.test(this.#around.line)
    const isLineEnd = !isEnd && (after === '' || after === '\r') ? null : /^\r?(\n|$)/.test(after)
    if (kind === 'open') {
      if (isFirst || (isLineStart && mark.isAnywhere)) return 'thought'
      if (mark.isAnywhere && isLineEnd !== false) return isLineEnd ? 'thought' : 'wait'
      this.#openAsText++
      return 'text'
    }
    if (this.#openAsText > 0) {
      this.#openAsText--
      return 'text'
    }
    if (isFirst) return 'nothing'
    if (!this.#hasThought && mark.isOpenedByTemplate) return 'allThinking'
    if (!isLineStart || isLineEnd === false) return 'text'
    return isLineEnd ? 'nothing' : 'wait'
  }

  #thought(isEnd: boolean, told: Told[]): boolean {
    const text = this.#held.slice(0, partialMarkAt(this.#held)).trimEnd()
    this.#tellThought(this.#cut(text.length), told)
    if (isEnd) this.#held = ''
    return false
  }

  #markInThought(inside: ThoughtMark, found: FoundMark, isEnd: boolean, told: Told[]): boolean {
    const length = found.at + found.text.length
    const isAtStart = !this.#hasThoughtText && this.#held.slice(0, found.at).trim() === ''
    if (found.mark === inside && found.kind === 'open' && isAtStart) {
      this.#cut(length) // the template wrote one, the model another
      return true
    }
    const isEndOfThought = this.#isEndOfThought(inside, found, isEnd)
    if (isEndOfThought === null) return false
    if (isEndOfThought) {
      this.#tellThought(this.#cut(length).slice(0, found.at).trimEnd(), told)
      this.#enter(null)
    } else this.#tellThought(this.#cut(length), told)
    return true
  }

  /** Null while the rest of the line may still make it code. */
  #isEndOfThought(inside: ThoughtMark, { mark, kind, at, text }: FoundMark, isEnd: boolean): boolean | null {
    this.#lookTo(at)
    if (mark !== inside) return false
    // A fence may be left open, so what is in one ends the thought but for what it opened itself.
    if (!this.#around.isInFence) this.#openAsText = 0
    if (kind === 'open') {
      if (this.#around.isInFence) this.#openAsText++
      return false
    }
    if (this.#openAsText > 0) {
      this.#openAsText--
      return false
    }
    const isInCode = this.#around.isInBackticks(this.#held.slice(at + text.length), isEnd)
    return isInCode === null ? null : !isInCode
  }

  /** Goes into a thought, or with null back to what is said. */
  #enter(mark: ThoughtMark | null) {
    this.#inside = mark
    this.#around = new CodeAround()
    this.#openAsText = 0
    this.#hasThought = true
    this.#hasThoughtText = false
  }

  #lookTo(at: number) {
    if (at <= this.#lookedTo) return
    this.#around.take(this.#held.slice(this.#lookedTo, at))
    this.#lookedTo = at
  }

  #cut(at: number): string {
    this.#lookTo(at)
    const text = this.#held.slice(0, at)
    this.#held = this.#held.slice(at)
    this.#lookedTo -= at
    return text
  }

  #tellText(text: string, told: Told[]) {
    const isAfterThought = !this.#hasText && this.#hasThought
    const shown = isAfterThought ? text.replace(/^\s*\n/, '').replace(/^ (?=\S)/, '') : text
    if (shown === '') return
    this.#hasText = true
    told.push({ of: 'text', text: shown })
  }

  #tellThought(text: string, told: Told[]) {
    const shown = this.#hasThoughtText ? text : text.trimStart()
    if (shown === '') return
    const isNext = !this.#hasThoughtText && this.#hadThoughtText
    this.#hasThoughtText = true
    this.#hadThoughtText = true
    told.push({ of: 'thinking', text: isNext ? `\n\n${shown}` : shown })
  }
}

/** A whole answer, as it may lie in a chat of an earlier version. */
export function splitThoughts(answer: string): { text: string; thinking: string } {
  const splitter = new ThoughtSplitter()
  return [...splitter.take(answer), ...splitter.end()].reduce(withTold, { text: '', thinking: '' })
}

/** What is known of an answer, and what was told of it next. */
export function withTold(known: { text: string; thinking: string }, told: Told): { text: string; thinking: string } {
  if (told.of !== 'allThinking') return { ...known, [told.of]: known[told.of] + told.text }
  return { text: '', thinking: [known.thinking, known.text.trimEnd()].filter((text) => text !== '').join('\n\n') }
}
