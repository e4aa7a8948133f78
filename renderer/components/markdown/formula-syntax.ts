import type { Extension as FromMarkdown } from 'mdast-util-from-markdown'
import type { Code, Construct, Extension, State, Tokenizer } from 'micromark-util-types'
import { isPrice, isShell, longestFormula } from './formula-source'

const dollar = 36
const backslash = 92
const closingOf = new Map<Code, number>([
  [40, 41], // parentheses
  [91, 93], // brackets
])

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formula: 'formula'
    formulaData: 'formulaData'
  }
}

/**
 * Formulas within a paragraph: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. remark-math takes any two dollars for a formula
 * and knows no backslashes; models write both, and prices and variables of a shell beside them.
 */
export const formulaSyntax: Extension = {
  text: {
    [dollar]: { name: 'formula', tokenize: betweenDollars, previous: mayPrecede },
    [backslash]: [
      { name: 'formula', tokenize: betweenBackslashes },
      // What is no formula stays as written, with its backslash.
      { name: 'formulaMark', tokenize: loneMark },
    ] satisfies Construct[],
  },
}

/** A formula is a node of its own; its source, marks and all, goes to the page as code of a language of its own. */
export const formulaFromMarkdown: FromMarkdown = {
  enter: {
    formula(token) {
      this.enter({ type: 'inlineCode', value: '' }, token)
      this.buffer()
    },
    formulaData(token) {
      this.config.enter.data?.call(this, token)
    },
  },
  exit: {
    formula(token) {
      const source = this.resume()
      const node = this.stack.at(-1)
      if (node) {
        node.data = {
          hName: 'code',
          hProperties: { className: ['language-formula'] },
          hChildren: [{ type: 'text', value: source }],
        }
      }
      this.exit(token)
    },
    formulaData(token) {
      this.config.exit.data?.call(this, token)
    },
  },
}

const isEndOfLine = (code: Code) => code !== null && code < -2
const isBlank = (code: Code) => code === null || code < 0 || code === 32
const isWord = (code: Code) =>
  code !== null &&
  ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95)

/** US$5 and a$b begin nothing, nor does the second dollar of three. */
function mayPrecede(code: Code): boolean {
  return !isWord(code) && code !== dollar
}

function betweenDollars(...[effects, ok, nok]: Parameters<Tokenizer>): State {
  let size = 0
  let content = ''
  let isPadded = false
  let last: Code = null

  const start: State = (code) => {
    effects.enter('formula')
    effects.enter('formulaData')
    effects.consume(code)
    size = 1
    return opening
  }
  const opening: State = (code) => {
    if (code === dollar) {
      if (size === 2) return nok(code)
      size = 2
      effects.consume(code)
      return opening
    }
    isPadded = isBlank(code)
    return data(code)
  }
  const data: State = (code) => {
    if (code === null || content.length > longestFormula) return nok(code)
    if (isEndOfLine(code)) {
      if (size === 1) return nok(code)
      effects.exit('formulaData')
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      content += '\n'
      last = code
      return nextLine
    }
    if (code === dollar) {
      effects.consume(code)
      return size === 1 ? afterOne : second
    }
    effects.consume(code)
    content += code < 0 ? ' ' : String.fromCodePoint(code)
    last = code
    return code === backslash ? escaped : data
  }
  /** What begins before its first letter is read has no place yet, and its text would be lost. */
  const nextLine: State = (code) => {
    if (code === null || isEndOfLine(code)) return nok(code)
    effects.enter('formulaData')
    return data(code)
  }
  const escaped: State = (code) => {
    if (code === null || code < 0) return data(code)
    effects.consume(code)
    content += String.fromCodePoint(code)
    last = code
    return data
  }
  /** A dollar that ends nothing shows that the first one began nothing: 5 and 10 of them are prices. */
  const afterOne: State = (code) => {
    const opensMore = code === dollar || code === 40 || code === 123 // another variable: $(…), ${…}
    const isClosing = isPadded === isBlank(last) && last !== 40 && !isWord(code) && !opensMore
    return isClosing && !isPrice(content, isPadded) ? end(code) : nok(code)
  }
  const second: State = (code) => {
    if (code !== dollar || isShell(content)) return nok(code)
    effects.consume(code)
    return afterTwo
  }
  const afterTwo: State = (code) => (code === dollar ? nok(code) : end(code))
  const end: State = (code) => {
    effects.exit('formulaData')
    effects.exit('formula')
    return ok(code)
  }
  return start
}

function betweenBackslashes(...[effects, ok, nok]: Parameters<Tokenizer>): State {
  let mark: Code = null
  let closing: number | undefined
  let content = ''

  const start: State = (code) => {
    effects.enter('formula')
    effects.enter('formulaData')
    effects.consume(code)
    return opening
  }
  const opening: State = (code) => {
    mark = code
    closing = closingOf.get(code)
    if (closing === undefined) return nok(code)
    effects.consume(code)
    return data
  }
  const data: State = (code) => {
    if (code === null || content.length > longestFormula) return nok(code)
    if (isEndOfLine(code)) {
      effects.exit('formulaData')
      effects.enter('lineEnding')
      effects.consume(code)
      effects.exit('lineEnding')
      content += '\n'
      return nextLine
    }
    effects.consume(code)
    if (code === backslash) return escaped
    content += code < 0 ? ' ' : String.fromCodePoint(code)
    return data
  }
  const nextLine: State = (code) => {
    if (code === null || isEndOfLine(code)) return nok(code)
    effects.enter('formulaData')
    return data(code)
  }
  const escaped: State = (code) => {
    if (code === closing && content.trim() !== '') {
      effects.consume(code)
      return end
    }
    // A second opener shows that the first was none; to look on from each of many would take long.
    if (code === mark) return nok(code)
    if (code === null || code < 0) return data(code)
    effects.consume(code)
    content += `\\${String.fromCodePoint(code)}`
    return data
  }
  const end: State = (code) => {
    effects.exit('formulaData')
    effects.exit('formula')
    return ok(code)
  }
  return start
}

function loneMark(...[effects, ok, nok]: Parameters<Tokenizer>): State {
  const mark: State = (code) => {
    if (code !== 40 && code !== 41 && code !== 91 && code !== 93) return nok(code)
    effects.consume(code)
    effects.exit('data')
    return ok
  }
  return (code) => {
    effects.enter('data')
    effects.consume(code)
    return mark
  }
}
