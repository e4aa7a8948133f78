import { totalmem } from 'node:os'
import type { Gpu } from '../../../shared/contract/gpus'
import { type CsvRow, rowsOf } from './csv-rows'
import { noRecentPercents } from './gpu-history'
import { type UnreachableCard, unreachableCards } from './outcome'
import { type CardFacts, factsOf, lostReasonOf } from './readings'

export type CardFound = {
  /** In the order in which the loop will print them; null stands for one that cannot say what it is. */
  rows: (CardFacts | null)[]
  unreachable: UnreachableCard[]
}

/** The cards of the static answer, and those that it or the messages beside it say are out of reach. */
export function cardsFound(
  text: string,
  fields: readonly string[],
  said: string,
  onOther: (line: string) => void = () => {},
): CardFound {
  const rows = rowsOf(text, fields, (line) => {
    if (unreachableCards(line).length === 0) onOther(line)
  })
  const nameless = rows.flatMap((row, place) =>
    factsOf(row) ? [] : { card: String(place), reason: lostReasonOf(row) ?? 'GPU is lost' },
  )
  return { rows: rows.map(cardOf), unreachable: [...nameless, ...unreachableCards(said)] }
}

/** With the size of the memory that it uses. */
function cardOf(row: CsvRow): CardFacts | null {
  const facts = factsOf(row)
  return facts?.sharesMemory ? { ...facts, memoryTotalBytes: totalmem() } : facts
}

/** The cards to show: a card that was there a moment ago and is not any longer has been lost, not removed. */
export function withLost({ rows, unreachable }: CardFound, before: readonly Gpu[]) {
  const found = rows.flatMap((facts): Gpu | [] => {
    if (!facts) return []
    const { driverVersion: _, ...card } = facts
    return { ...card, latest: null, recentPercents: [...noRecentPercents], lostReason: null, processes: [] }
  })
  const lost = before
    .filter(({ uuid }) => !found.some((card) => card.uuid === uuid))
    .map((card, place): Gpu => {
      const lostReason = unreachable[place]?.reason ?? card.lostReason ?? 'GPU is lost'
      return { ...card, latest: null, lostReason, processes: [] }
    })
  return {
    cards: [...found, ...lost].sort((left, right) => left.index - right.index),
    unreachable: unreachable.slice(lost.length),
  }
}
