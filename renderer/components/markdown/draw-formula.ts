import 'katex/dist/katex.min.css'
import katex from 'katex'
import { longestFormula } from './formula-source'

/** A formula as HTML with MathML for screen readers; null where it is broken, or would do more than be drawn. */
export function drawFormula(tex: string, isDisplay: boolean): string | null {
  if (tex.length > longestFormula || isCostly(tex)) return null
  try {
    return katex.renderToString(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: 'ignore', // Chinese within a formula is no reason to complain
      trust: isTrusted,
      maxExpand: 200,
      maxSize: 20,
    })
  } catch {
    return null
  }
}

/** No links, no pictures, no styles: a formula that asks for them is shown as it is written. */
function isTrusted(): boolean {
  throw new Error('nothing is trusted')
}

const mostCells = 300
const deepest = 20
const defines = /\\(?:[gex]?def|let|futurelet|(?:new|renew|provide)command)(?![a-z])/i

/** A large table, deep braces, or a macro that is written once and drawn hundreds of times would hold the page up. */
function isCostly(tex: string): boolean {
  if (defines.test(tex) || (tex.match(/&|@|\\(?:\\|cr\b|newline\b)/g)?.length ?? 0) > mostCells) return true
  let depth = 0
  for (const [mark] of tex.matchAll(
    /\\(?:left|begin|bgroup|begingroup|right|end|egroup|endgroup)(?![a-z])|\\.|[{}]/gis,
  )) {
    if (/^(\{|\\(left|begin|bgroup|begingroup))$/.test(mark)) depth++
    else if (/^(\}|\\(right|end|egroup|endgroup))$/.test(mark)) depth--
    if (depth > deepest) return true
  }
  return false
}
