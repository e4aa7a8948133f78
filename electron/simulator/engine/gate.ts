/** Where answers stand that the faults hold; they look again when other faults are set. */
export class Gate {
  readonly #held = new Set<() => void>()

  /** Calls once, when the faults have changed; what it gives back forgets it. */
  hold(goOn: () => void): () => void {
    this.#held.add(goOn)
    return () => this.#held.delete(goOn)
  }

  open(): void {
    const held = [...this.#held]
    this.#held.clear()
    for (const goOn of held) goOn()
  }
}
