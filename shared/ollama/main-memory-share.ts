/** How much of a loaded model lies in main memory, 0 to 1, where there are cards that could hold it; null where none does. */
export function mainMemoryShare(
  { sizeBytes, vramBytes }: { sizeBytes: number; vramBytes: number },
  cardCount: number,
): number | null {
  if (cardCount === 0 || sizeBytes <= 0 || vramBytes >= sizeBytes) return null
  return 1 - vramBytes / sizeBytes
}
