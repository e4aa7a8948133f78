import type { Gpu } from '../../shared/contract/gpus'
import type { LoadedModel } from '../../shared/contract/models'

export type MemoryPart = { sizeBytes: number } & ({ kind: 'model'; name: string } | { kind: 'other' | 'reserved' })

/** Below this, what nobody owns up to is the driver's rounding. */
const notableBytes = 100 * 2 ** 20

/** What the memory of a card holds: the models whose process ids tell, all others together, what the driver keeps. */
export function memoryParts(card: Gpu, loaded: readonly LoadedModel[]): MemoryPart[] {
  const used = card.latest?.memoryUsedBytes ?? null
  if (used === null) return []
  const models = loaded.flatMap((model): MemoryPart | [] => {
    const sizeBytes = model.cards.find(({ uuid }) => uuid === card.uuid)?.usedBytes ?? 0
    return sizeBytes > 0 ? { kind: 'model', name: model.name, sizeBytes } : []
  })
  const otherBytes = used - models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const reservedBytes = card.latest?.memoryReservedBytes ?? 0
  return [
    ...models,
    ...(otherBytes > notableBytes ? [{ kind: 'other', sizeBytes: otherBytes } as const] : []),
    ...(reservedBytes > 0 ? [{ kind: 'reserved', sizeBytes: reservedBytes } as const] : []),
  ]
}

/** What a model could still take; null where the card or its driver does not say. */
export function freeBytes({ memoryTotalBytes, latest }: Gpu): number | null {
  if (memoryTotalBytes === null || latest?.memoryUsedBytes == null) return null
  return Math.max(0, memoryTotalBytes - latest.memoryUsedBytes - (latest.memoryReservedBytes ?? 0))
}

/** What the cards hold and have together; null where one does not say. What several share is there once. */
export function memoryTogether(cards: readonly Gpu[]): { usedBytes: number | null; totalBytes: number | null } {
  const shared = cards.findIndex(({ sharesMemory }) => sharesMemory)
  const counted = cards.filter(({ sharesMemory }, place) => !sharesMemory || place === shared)
  const sum = (of: (card: Gpu) => number | null | undefined) =>
    counted.reduce<number | null>((total, card) => {
      const value = of(card)
      return total === null || value == null ? null : total + value
    }, 0)
  return {
    usedBytes: sum(({ latest }) => latest?.memoryUsedBytes),
    totalBytes: sum(({ memoryTotalBytes }) => memoryTotalBytes),
  }
}
