import { says } from './known-lines'
import { pairsOf } from './log-line'

/**
 * Whether a server has found cards to use, by what it said when it started: a line for each, or one of the processor.
 * Null where it has not said it, or not yet.
 */
export function cardsTold(log: readonly { text: string }[]): boolean | null {
  const start = log.findLastIndex(({ text }) => says('configuration', text))
  const libraries = log
    .slice(Math.max(0, start))
    .filter(({ text }) => says('card-found', text))
    .map(({ text }) => (pairsOf(text).library ?? '').toLowerCase())
  return libraries.length === 0 ? null : libraries.some((library) => library !== 'cpu')
}
