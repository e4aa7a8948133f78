import { Fence, isFenceOpening } from '../../../shared/chat/fence'
import { formulaOpenedBy, longestFormula } from './formula-source'

/** A piece of Markdown that can be drawn on its own. A later piece of a long table names the head it belongs to. */
export type TextBlock = { kind: 'text'; source: string; tableHead: string | null }
export type CodeBlock = { kind: 'code'; language: string; code: string }
/** A formula on lines of its own, with its marks; still open, its source is shown. */
export type FormulaBlock = { kind: 'formula'; source: string }
export type Block = TextBlock | CodeBlock | FormulaBlock

const longParagraph = 4000
const longList = 1500
const longQuote = 3000
const rowsInPiece = 40

type Mode = 'none' | 'paragraph' | 'list' | 'quote' | 'table'

const heading = /^ {0,3}#{1,6}(\s|$)/
const rule = /^ {0,3}([-*_])(\s*\1){2,}\s*$/
const underline = /^ {0,3}(=+|-+)\s*$/
const listItem = /^( *)([-*+]|\d{1,9}[.)])(?=\s|$)/
const tableDelimiter = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/

/**
 * Cuts Markdown into blocks as it arrives. A finished block never changes, so it is drawn once; only the last one lives.
 * Long lists, tables and paragraphs are cut too: no block costs more than a few milliseconds to draw.
 */
export class BlockSplitter {
  readonly #finished: Block[] = []
  #mode: Mode = 'none'
  #pending = '' // the whole lines of the block under way
  #rest = '' // the line under way
  #fence: Fence | null = null
  #fenceInList: Fence | null = null
  #fenceInListStart = 0 // of its line, in what is pending
  #isFenceLonger = false
  /** What closes the formula under way. */
  #formulaEnd: string | null = null
  #hasBlank = false // the list under way may end with the next line
  #listIndent = 0
  #tableHead = ''
  #rowCount = 0
  #isLaterPiece = false

  append(text: string): void {
    const lines = (this.#rest + text).split('\n')
    const rest = lines.pop() ?? ''
    for (const line of lines) this.#line(this.#withoutLongStart(line))
    this.#rest = this.#withoutLongStart(rest)
  }

  /** The blocks that will not change any more. */
  get finished(): readonly Block[] {
    return this.#finished
  }

  /** The block under way, as it stands; null where none has begun. */
  live(): Block | null {
    if (this.#fence) {
      const code = this.#pending + (this.#fence.mayBeClosing(this.#rest) ? '' : this.#rest)
      return { kind: 'code', language: this.#fence.language, code }
    }
    if (this.#formulaEnd) return { kind: 'formula', source: this.#pending + this.#rest }
    const fence = this.#mode === 'none' ? Fence.open(this.#rest) : null
    if (fence) return { kind: 'code', language: fence.language, code: '' }
    // A line of dashes would make a heading of the paragraph above until its next character comes.
    const isUndecided = underline.test(this.#rest) || isFenceOpening(this.#rest)
    const source = this.#pending + (isUndecided ? '' : this.#rest)
    return source.trim() === '' ? null : this.#textBlock(source)
  }

  #textBlock(source: string): TextBlock {
    return { kind: 'text', source, tableHead: this.#isLaterPiece ? this.#tableHead : null }
  }

  #line(line: string) {
    if (this.#fence) this.#codeLine(this.#fence, line)
    else if (this.#formulaEnd) this.#formulaLine(this.#formulaEnd, line)
    else if (this.#fenceInList) this.#codeLineInList(this.#fenceInList, line)
    else if (line.trim() === '') this.#blankLine()
    else if (this.#mode === 'list' && this.#isInList(line)) this.#listLine(line)
    else {
      if (this.#hasBlank) this.#finish()
      this.#lineOutsideLists(line)
    }
  }

  #lineOutsideLists(line: string, mayBeFormula = true) {
    const formulaEnd = mayBeFormula && this.#mode !== 'quote' ? formulaOpenedBy(line) : null
    if (formulaEnd) {
      this.#finish()
      this.#formulaEnd = formulaEnd
      this.#formulaLine(formulaEnd, line)
      return
    }
    const fence = Fence.open(line)
    if (fence) {
      this.#finish()
      this.#fence = fence
    } else if (this.#mode === 'paragraph' && underline.test(line)) this.#lastLine(line)
    else if (heading.test(line) || rule.test(line)) {
      this.#finish()
      this.#lastLine(line)
    } else this.#ordinaryLine(line)
  }

  #codeLine(fence: Fence, line: string) {
    if (fence.closesWith(line)) {
      this.#finished.push({ kind: 'code', language: fence.language, code: this.#pending })
      this.#pending = ''
      this.#fence = null
    } else this.#pending += `${fence.outdent(line)}\n`
  }

  #codeLineInList(fence: Fence, line: string) {
    const isClosing = fence.closesWith(line.trimStart())
    // Whoever draws the list follows CommonMark: only a longer fence holds the fences within.
    if (fence.hasNested && !this.#isFenceLonger) {
      const start = this.#fenceInListStart
      this.#pending = this.#pending.slice(0, start) + withLongerFence(this.#pending.slice(start))
      this.#isFenceLonger = true
    }
    this.#pending += `${isClosing && this.#isFenceLonger ? withLongerFence(line) : line}\n`
    if (isClosing) this.#fenceInList = null
  }

  /** A formula ends with its mark; one that does not come soon shows that it was none. */
  #formulaLine(end: string, line: string) {
    const isFirst = this.#pending === ''
    const from = isFirst ? line.search(/\S/) + 2 : 0
    const place = line.indexOf(end, from)
    const after = place === -1 ? '' : line.slice(place + end.length)
    const isWhole = place !== -1 && /^\s*[.,;:，。；：、]?\s*$/.test(after)
    // A second opener shows that the first was none; from each of many the lines would be read again.
    const isOpenedAgain = !isFirst && end === '\\]' && formulaOpenedBy(line) === end
    if (!isOpenedAgain && (isWhole || (place === -1 && line.trim() !== '' && this.#pending.length < longestFormula))) {
      this.#pending += `${line}\n`
      if (!isWhole) return
      this.#finished.push({ kind: 'formula', source: this.#pending })
      this.#pending = ''
      this.#formulaEnd = null
      return
    }
    const [first = '', ...rest] = `${this.#pending}${line}`.split('\n')
    this.#pending = ''
    this.#formulaEnd = null
    this.#lineOutsideLists(first, false)
    for (const next of rest) this.#line(this.#withoutLongStart(next))
  }

  #blankLine() {
    if (this.#mode === 'list') {
      this.#pending += '\n'
      this.#hasBlank = true
    } else this.#finish()
  }

  /** Whether a line goes on with the list: an item, what is indented below one, or the lazy end of a paragraph. */
  #isInList(line: string): boolean {
    const indent = line.search(/\S/)
    if (indent > this.#listIndent + 1) return true
    if (rule.test(line)) return false
    if (listItem.test(line)) return true
    return !this.#hasBlank && !heading.test(line) && !isFenceOpening(line) && !line.startsWith('>')
  }

  #listLine(line: string) {
    const indent = listItem.exec(line)?.[1]?.length
    // A list that counts 1. 1. 1. would begin again in the next piece.
    const mayBeCut = indent !== undefined && indent <= this.#listIndent && !/^ *1[.)]/.test(line)
    if (mayBeCut && this.#pending.length > longList) {
      this.#finish()
      this.#beginList(indent)
    }
    this.#hasBlank = false
    this.#fenceInListStart = this.#pending.length
    this.#isFenceLonger = false
    this.#pending += `${line}\n`
    this.#fenceInList = Fence.open(line.replace(listItem, '').trimStart())
  }

  #beginList(indent: number) {
    this.#finish()
    this.#mode = 'list'
    this.#listIndent = indent
  }

  #ordinaryLine(line: string) {
    if (this.#beginsList(line)) {
      this.#beginList(line.search(/\S/))
      this.#listLine(line)
      return
    }
    if (line.startsWith('>')) {
      if (this.#mode !== 'quote' || this.#pending.length > longQuote) this.#finish()
      this.#mode = 'quote'
    } else if (this.#mode === 'paragraph' && this.#mayBeTableHead() && tableDelimiter.test(line)) {
      this.#mode = 'table'
      this.#tableHead = `${this.#pending}${line}\n`
    } else if (this.#mode === 'table') this.#row()
    else if (this.#mode === 'none' || this.#pending.length > longParagraph) {
      this.#finish()
      this.#mode = 'paragraph'
    }
    this.#pending += `${line}\n`
  }

  /** Within a paragraph only a bullet or a 1. begins a list, and not an empty item (CommonMark). */
  #beginsList(line: string): boolean {
    const [, indent = '', mark] = listItem.exec(line) ?? []
    if (mark === undefined || indent.length > 3) return false
    return this.#mode !== 'paragraph' || (/^([-*+]|1[.)])$/.test(mark) && line.trim() !== mark)
  }

  #mayBeTableHead(): boolean {
    return this.#pending.includes('|') && this.#pending.indexOf('\n') === this.#pending.length - 1
  }

  #row() {
    if (this.#rowCount === rowsInPiece) {
      this.#finished.push(this.#textBlock(this.#pending))
      this.#isLaterPiece = true
      this.#pending = ''
      this.#rowCount = 0
    }
    this.#rowCount++
  }

  #lastLine(line: string) {
    this.#pending += `${line}\n`
    this.#finish()
  }

  /** A line that does not end, such as that of a model which repeats itself, is cut at a blank into blocks of its own. */
  #withoutLongStart(line: string): string {
    if (this.#fence || this.#formulaEnd || this.#fenceInList || line.length <= longParagraph) return line
    const place = line.lastIndexOf(' ', longParagraph)
    const end = place > longParagraph / 2 ? place + 1 : longParagraph
    this.#lastLine(line.slice(0, end))
    this.#mode = 'paragraph'
    return this.#withoutLongStart(line.slice(end))
  }

  #finish() {
    if (this.#pending.trim() !== '') this.#finished.push(this.#textBlock(this.#pending))
    this.#mode = 'none'
    this.#pending = ''
    this.#hasBlank = false
    this.#tableHead = ''
    this.#rowCount = 0
    this.#isLaterPiece = false
  }
}

const withLongerFence = (text: string) => text.replace(/`{3,}|~{3,}/, (mark) => mark + mark)
