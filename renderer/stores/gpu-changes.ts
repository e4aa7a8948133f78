import type { GpuHistory, GpuHistoryChange, Gpus, GpusChange } from '../../shared/contract/gpus'

/** The cards after a change; null where only readings came and nothing is known that they belong to. */
export function withChange(before: Gpus | null, change: GpusChange): Gpus | null {
  if ('whole' in change) return change.whole
  if (before === null) return null
  const readings = new Map(change.readings.map((reading) => [reading.uuid, reading]))
  return { ...before, cards: before.cards.map((card) => ({ ...card, ...readings.get(card.uuid) })) }
}

/** The stretch after its new end: points told anew take the place of the earlier ones, and as many of the oldest go. */
export function withEnd(before: GpuHistory | null, { isWhole, ...end }: GpuHistoryChange): GpuHistory | null {
  if (isWhole || before === null) return isWhole ? end : null
  const from = end.atMs[0] ?? Number.POSITIVE_INFINITY
  const kept = before.atMs.findIndex((atMs) => atMs >= from)
  const keptCount = kept === -1 ? before.atMs.length : kept
  const dropCount = keptCount + end.atMs.length - before.atMs.length
  const joined = <Value>(earlier: readonly Value[], later: readonly Value[]) =>
    earlier.slice(Math.max(0, dropCount), keptCount).concat(later)
  return {
    stepMs: end.stepMs,
    atMs: joined(before.atMs, end.atMs),
    cards: end.cards.map((card) => {
      const earlier = before.cards.find(({ uuid }) => uuid === card.uuid)
      if (!earlier) return card
      const names = Object.keys(card).filter((name) => name !== 'uuid') as (keyof Omit<typeof card, 'uuid'>)[]
      return { ...card, ...Object.fromEntries(names.map((name) => [name, joined(earlier[name], card[name])])) }
    }),
  }
}
