import type { SimulatedCard, SimulatedModel } from './configuration'

export type Placement = { cardBytes: number[]; hostBytes: number; keyValueBytes: number }

const graphBytesPerCard = 480 * 2 ** 20

const bytesPerValue: Record<string, number> = { q8_0: 34 / 32, q4_0: 18 / 32 }

/** Keys and values of all slots. */
export function keyValueBytes(
  model: SimulatedModel,
  contextLength: number,
  parallel: number,
  keyValueType: string,
): number {
  const headSize = model.embeddingLength / model.headCount
  const perToken = 2 * model.blockCount * model.keyValueHeadCount * headSize * (bytesPerValue[keyValueType] ?? 2)
  return Math.round(perToken * contextLength * parallel)
}

/** Where a model lies: one card if it fits there, else spread over all, else the rest in the machine's memory. */
export function place(
  model: SimulatedModel,
  keyValue: number,
  cards: readonly SimulatedCard[],
  freeBytes: readonly number[],
  spreads: boolean,
): Placement {
  const need = model.sizeBytes + keyValue
  const empty = cards.map(() => 0)
  if (cards.length === 0) return { cardBytes: empty, hostBytes: need, keyValueBytes: keyValue }
  const roomiest = freeBytes.indexOf(Math.max(...freeBytes))
  if (!spreads && need + graphBytesPerCard <= (freeBytes[roomiest] ?? 0)) {
    return {
      cardBytes: empty.map((_, index) => (index === roomiest ? need + graphBytesPerCard : 0)),
      hostBytes: 0,
      keyValueBytes: keyValue,
    }
  }
  const usable = freeBytes.map((free) => Math.max(0, free - graphBytesPerCard))
  const total = usable.reduce((sum, bytes) => sum + bytes, 0)
  const onCards = Math.min(need, total)
  return {
    cardBytes: usable.map((bytes) =>
      total > 0 && bytes > 0 ? Math.round((onCards * bytes) / total) + graphBytesPerCard : 0,
    ),
    hostBytes: need - onCards,
    keyValueBytes: keyValue,
  }
}

const shareOfBandwidthReached = 0.8
const hostBytesPerSecond = 50e9

/** Tokens a second of one stream: each token reads all weights once, card after card, at 80 % of the bandwidth. */
export function decodeRate(model: SimulatedModel, placement: Placement, cards: readonly SimulatedCard[]): number {
  const total = placement.hostBytes + placement.cardBytes.reduce((sum, bytes) => sum + bytes, 0)
  const seconds = (share: number, bytesPerSecond: number) => (model.sizeBytes * share) / bytesPerSecond
  const onCards = placement.cardBytes.reduce(
    (sum, bytes, index) =>
      sum + seconds(bytes / total, (cards[index]?.bytesPerSecond ?? 1008e9) * shareOfBandwidthReached),
    0,
  )
  return 1 / (onCards + seconds(placement.hostBytes / total, hostBytesPerSecond))
}

/** Prompt tokens a second, scaled from 839 for a 42.5 GB model on two RTX 4090. */
export const prefillRate = (model: SimulatedModel, hasCards: boolean): number =>
  Math.min(12_000, (839 * 42.5e9) / model.sizeBytes) * (hasCards ? 1 : 0.05)
