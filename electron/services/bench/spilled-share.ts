import type { RunRecord } from './saved-runs'

/**
 * How much of the model lies outside the cards, 0 to 1; null where it lies wholly on them, where nobody says, and where
 * the server has no card to put it on. Without a word of the server's own, that is a machine on which none was seen.
 */
export function spilledShare(
  { server, machine }: Pick<RunRecord, 'server' | 'machine'>,
  usesCards: boolean | null = null,
): number | null {
  const { loadedBytes, vramBytes } = server
  const hasCards = usesCards ?? (machine !== null && machine.cards.length > 0)
  if (!hasCards || !loadedBytes || vramBytes === null || vramBytes >= loadedBytes) return null
  return 1 - vramBytes / loadedBytes
}
