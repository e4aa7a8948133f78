export type HeldMemory = {
  /** All that it takes: by the cards' own count where processes tell, else by Ollama's. */
  totalBytes: number | null
  cardBytes: number | null
  /** What the cards count beyond Ollama: CUDA's own part of each process; 0 where they do not tell. */
  driverBytes: number
  systemBytes: number | null
  /** How much of the model lies on the cards, 0 to 1, by Ollama's count. */
  cardShare: number | null
}

type Held = {
  sizeBytes: number | null
  vramBytes: number | null
  cards?: readonly { usedBytes: number }[]
}

/** The memory of a loaded model, as every screen tells it. Ollama's count leaves out what CUDA itself takes. */
export function heldMemory({ sizeBytes, vramBytes, cards = [] }: Held): HeldMemory {
  // Some answers count more on the cards than there is of the model.
  const toldOnCards = vramBytes === null ? null : Math.min(vramBytes, sizeBytes ?? vramBytes)
  const systemBytes = sizeBytes === null || toldOnCards === null ? null : sizeBytes - toldOnCards
  const seenOnCards = cards.reduce((sum, { usedBytes }) => sum + usedBytes, 0)
  const driverBytes = toldOnCards !== null && toldOnCards > 0 ? Math.max(0, seenOnCards - toldOnCards) : 0
  return {
    totalBytes: sizeBytes === null ? null : sizeBytes + driverBytes,
    cardBytes: toldOnCards === null ? null : toldOnCards + driverBytes,
    driverBytes,
    systemBytes,
    cardShare: sizeBytes === null || sizeBytes === 0 || toldOnCards === null ? null : toldOnCards / sizeBytes,
  }
}

/** How much of a loaded model lies in main memory, 0 to 1, where there are cards that could hold it; null where none does. */
export function mainMemoryShare(held: Held, cardCount: number): number | null {
  const { cardShare } = heldMemory(held)
  return cardCount === 0 || cardShare === null || cardShare >= 1 ? null : 1 - cardShare
}
