import { CodeAround } from './code-around'
import {
  isAfterSentence,
  isAtLineEnd,
  isBeforeBlankAndText,
  isClosingSpokenOf,
  isOpeningSpokenOf,
  isQuoted,
  type Surroundings,
  surroundings,
} from './mark-in-sentence'
import { closes, type FoundMark, firstMark, partialMarkAt, type ThoughtMark } from './thought-marks'

/** What a piece turned out to be. `turned`: so did what has been told as text, but for a mark of `skip` characters. */
export type Told = { of: 'text' | 'thinking'; text: string } | { of: 'turned'; from: number; skip: number }

type Meaning = 'thought' | 'text' | 'nothing' | 'wait' | { from: number; skip: number }

/** An opening mark that was told as text, until one closes it. */
type Opened = { mark: ThoughtMark; from: number; skip: number; isSpokenOf: boolean; isAfterSentence: boolean }

const mostOpened = 100

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
  /** How much text has been told, how much of it up to the last word, and up to the last thought. */
  #textLength = 0
  #lastWordEnd = 0
  #lastThoughtAt = 0
  #opened: Opened[] = []
  /** Marks that the thought opened within itself: as many may close after what looks like its end. */
  #openWithin = 0
  /** Those of other kinds: to them belong the next closing ones. */
  #othersWithin: ThoughtMark[] = []
  #openInFence = 0

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
    else if (meaning === 'thought') this.#enter(found.mark)
    else if (meaning !== 'nothing') this.#turn(meaning, told)
    else if (!this.#hasText) this.#enter(null) // an empty thought, opened by the template
    return true
  }

  #meaningInText({ mark, kind, at, text }: FoundMark, isEnd: boolean): Meaning {
    this.#lookTo(at)
    if (this.#around.isInFence) return 'text'
    const after = this.#held.slice(at + text.length)
    const isInCode = this.#around.isInBackticks(after, isEnd)
    if (isInCode !== false) return isInCode ? 'text' : 'wait'
    if (!this.#hasText) return kind === 'open' ? 'thought' : 'nothing'
    const around = surroundings(this.#around.before, after, isEnd)
    if (!around) return 'wait'
    if (kind === 'close') return this.#closedInText(mark, around)
    if (mark.isAnywhere && this.#around.isLineStart && !isBeforeBlankAndText(around)) return 'thought'
    this.#opened = this.#opened.slice(1 - mostOpened)
    this.#opened.push({
      mark,
      from: this.#textLength,
      skip: text.length,
      isSpokenOf: isOpeningSpokenOf(around),
      isAfterSentence: isAfterSentence(around),
    })
    return 'text'
  }

  #closedInText(mark: ThoughtMark, around: Surroundings): Meaning {
    const isOwnLine = this.#around.isLineStart && isAtLineEnd(around)
    if (isOwnLine) this.#opened = this.#opened.filter(({ isSpokenOf }) => !isSpokenOf)
    const place = this.#opened.findLastIndex((opened) => closes(mark, opened.mark))
    const opened = this.#opened[place]
    if (opened) {
      this.#opened.length = place
      const isEmpty = this.#lastWordEnd <= opened.from + opened.skip
      const isThought = !opened.isSpokenOf && !isQuoted(around) && (!isEmpty || opened.isAfterSentence)
      return isThought ? opened : 'text'
    }
    if (isClosingSpokenOf(around)) return 'text'
    if (this.#openWithin > 0) {
      this.#openWithin--
      return { from: this.#lastThoughtAt, skip: 0 }
    }
    if (!this.#hasThought && mark.isOpenedByTemplate) return { from: 0, skip: 0 }
    return isOwnLine ? 'nothing' : 'text'
  }

  #turn({ from, skip }: { from: number; skip: number }, told: Told[]) {
    told.push({ of: 'turned', from, skip })
    if (this.#lastWordEnd > from + skip) this.#hadThoughtText = true
    this.#textLength = from
    this.#lastWordEnd = Math.min(this.#lastWordEnd, from)
    this.#hasText = from > 0
    this.#opened = this.#opened.filter((opened) => opened.from < from)
    this.#enter(null)
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
      this.#openWithin++
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

  /** Null while what follows may still tell. */
  #isEndOfThought(inside: ThoughtMark, { mark, kind, at, text }: FoundMark, isEnd: boolean): boolean | null {
    this.#lookTo(at)
    const after = this.#held.slice(at + text.length)
    const isInCode = this.#around.isInBackticks(after, isEnd)
    if (isInCode !== false) return isInCode ? false : null
    if (this.#around.isInFence) return mark === inside && this.#isEndInFence(kind)
    this.#openInFence = 0
    if (mark === inside && kind === 'close') return true
    const around = surroundings(this.#around.before, after, isEnd)
    if (!around) return null
    if (kind === 'open') {
      if (mark !== inside) this.#othersWithin = [...this.#othersWithin.slice(1 - mostOpened), mark]
      else if (!isOpeningSpokenOf(around)) this.#openWithin++
      return false
    }
    const place = this.#othersWithin.lastIndexOf(mark)
    if (place >= 0) this.#othersWithin.splice(place, 1)
    if (place >= 0 || !closes(mark, inside) || isClosingSpokenOf(around)) return false
    this.#openWithin++ // the right one may still come
    return true
  }

  /** A fence may be left open, so what is in one ends the thought but for what it opened itself. */
  #isEndInFence(kind: FoundMark['kind']): boolean {
    if (kind === 'close' && this.#openInFence === 0) return true
    this.#openInFence += kind === 'open' ? 1 : -1
    return false
  }

  /** Goes into a thought, or with null back to what is said. */
  #enter(mark: ThoughtMark | null) {
    this.#inside = mark
    this.#around = new CodeAround()
    this.#openInFence = 0
    this.#othersWithin = []
    if (mark) this.#openWithin = 0
    this.#lastThoughtAt = this.#textLength
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
    this.#textLength += shown.length
    if (/[\p{L}\p{N}]/u.test(shown)) this.#lastWordEnd = this.#textLength
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
  if (told.of !== 'turned') return { ...known, [told.of]: known[told.of] + told.text }
  const turned = known.text.slice(told.from + told.skip)
  const thinking = [known.thinking, told.from > 0 ? turned.trim() : turned.trimEnd()]
  return { text: known.text.slice(0, told.from), thinking: thinking.filter((text) => text !== '').join('\n\n') }
}
