import type { SimulatedCard } from '../../configuration'

const mebibyte = 2 ** 20

/** A card's memory as each version reports it: CUDA's own figure in the old one, the card's in the new one. */
export const totalCardBytes = (card: SimulatedCard, old: boolean): number =>
  (card.memoryMebibytes - (old ? 404 : 0)) * mebibyte

/** What an idle card offers to a model. */
export const freeCardBytes = (card: SimulatedCard): number => (card.memoryMebibytes - 764) * mebibyte

/** Cards' memory together less what is kept aside; a larger overhead than memory wraps around, as in the real one. */
export function tierBytes(cards: readonly SimulatedCard[], overheadBytes: number): number {
  const sum = cards.reduce((bytes, card) => bytes + totalCardBytes(card, false) - overheadBytes, 0)
  return sum < 0 ? 2 ** 64 + sum : sum
}

/** The context length of the new version where nobody asks for one. */
export function defaultContextOf(bytes: number): number {
  const gibibytes = bytes / 2 ** 30
  return gibibytes >= 47 ? 262_144 : gibibytes >= 23 ? 32_768 : 4096
}
