/** Longer ones are no formula to us: what is drawn must not hold up the page. */
export const longestFormula = 4000

const opened = /^ {0,3}(\$\$(?!\$)|\\\[)/
const closings = { $$: '$$', '\\[': '\\]' } as const
const whole =
  /^\s*(?:\$\$(?!\$)([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|\$([\s\S]+)\$)([.,;:，。；：、]?)\s*$/

export type Formula = {
  tex: string
  isDisplay: boolean
  /** What stands behind a formula in a block of its own. */
  after: string
}

/** The formula that a source is, with its marks; null where it is none, or one that is still written. */
export function formulaIn(source: string): Formula | null {
  const match = whole.exec(source)
  if (!match) return null
  const [, dollars, brackets, parentheses, dollar, after = ''] = match
  const display = dollars ?? brackets
  return { tex: (display ?? parentheses ?? dollar ?? '').trim(), isDisplay: display !== undefined, after }
}

/** What ends the block of a formula that a line begins; null where it begins none. */
export function formulaOpenedBy(line: string): '$$' | '\\]' | null {
  const mark = opened.exec(line)?.[1] as keyof typeof closings | undefined
  if (mark === undefined) return null
  const rest = line.slice(line.indexOf(mark) + mark.length)
  // "$$ means moderate" is a guide to restaurants.
  return mark === '\\[' || rest.trim() === '' || /[\\=^_{]/.test(rest) ? closings[mark] : null
}

/**
 * Whether what stands between two dollars is none, though the marks would do: $5 million to 10$. With blanks at both
 * ends it needs a sign of a formula.
 */
export function isPrice(content: string, isPadded: boolean): boolean {
  if (content.trim() === '') return true
  const hasSign = /[\\^=<>]|_[{\w]/.test(content)
  if (isPadded) return !hasSign
  return !hasSign && /^[\d.,]+[a-z%]*\s+\S*[a-z]{2}|[\u4e00-\u9fff]/i.test(content)
}

/** Whether what stands between two pairs of dollars is none: the number of a process, what a meal costs. */
export function isShell(content: string): boolean {
  const isPadded = content.trim() !== content
  if (!isPadded) return isPrice(content, false)
  return isPrice(content, true) && !/^[^`]*[\p{L}\d][^`]*$/u.test(content.replace(/\p{L}{2,}|[\u4e00-\u9fff]/gu, '`'))
}
