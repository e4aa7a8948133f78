/** What each slot of a runner still knows from its last prompt: a prompt that begins the same way is not read again. */
export class PromptCache {
  readonly #slots: { tokens: string[]; isFree: boolean; usedAt: number }[]
  #uses = 0

  constructor(slotCount: number) {
    this.#slots = Array.from({ length: slotCount }, () => ({ tokens: [], isFree: true, usedAt: 0 }))
  }

  /** The free slot that knows most of the prompt, or else the one unused for longest; there must be a free one. */
  take(tokens: readonly string[]): { place: number; knownTokens: number; keptShare: number } {
    const free = this.#slots
      .map((slot, place) => ({ slot, place, known: slot.isFree ? commonStart(slot.tokens, tokens) : -1 }))
      .filter(({ slot }) => slot.isFree)
      .sort((one, other) => other.known - one.known || one.slot.usedAt - other.slot.usedAt)
    const [best] = free
    if (!best) throw new Error('no free slot')
    best.slot.isFree = false
    best.slot.usedAt = ++this.#uses
    const keptShare = best.known / Math.max(1, best.slot.tokens.length)
    return { place: best.place, knownTokens: best.known, keptShare }
  }

  giveBack(place: number, tokens: string[]): void {
    const slot = this.#slots[place]
    if (!slot) return
    slot.isFree = true
    slot.tokens = tokens
  }
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const end = Math.min(one.length, other.length)
  let count = 0
  while (count < end && one[count] === other[count]) count++
  return count
}
