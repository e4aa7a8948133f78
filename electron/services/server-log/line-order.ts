import type { LogLine } from '../../../shared/contract/server-log'
import { timeOf } from '../../../shared/ollama/log-line'

export type Said = Pick<LogLine, 'stream' | 'text'> & {
  /** When it was written as far as the text tells, or a line beside it on the same stream. */
  atMs: number | null
  /** Where it is not the one that its words tell. */
  level?: LogLine['level']
}

const secondMs = 1000

/**
 * What two streams have said since the last look, as one text. Each keeps its own order; a line without a time stays
 * with the one before it, and an access line, which tells only the second in which its request ended, goes to its end.
 */
export function inOrder(outputs: readonly { stream: Said['stream']; lines: readonly string[] }[]): Said[] {
  const placed = outputs.flatMap(({ stream, lines }) => {
    let place = Number.NEGATIVE_INFINITY
    // What stands before the first time was said before it, and not when it is read.
    let atMs: number | null = lines.map(timeOf).find((written) => written !== null) ?? null
    return lines.map((text) => {
      const written = timeOf(text)
      atMs = written ?? atMs
      if (written !== null) place = Math.max(place, text.startsWith('[GIN]') ? written + secondMs - 1 : written)
      return { stream, text, atMs, place }
    })
  })
  // Infinite places have no difference: they are compared.
  placed.sort((left, right) => (left.place < right.place ? -1 : left.place > right.place ? 1 : 0))
  // A stream that has told no time yet: what it says was there before the next line that tells one.
  let nextMs: number | null = null
  for (const said of placed.toReversed()) {
    said.atMs ??= nextMs
    nextMs = said.atMs
  }
  return placed.map(({ place: _, ...said }) => said)
}
