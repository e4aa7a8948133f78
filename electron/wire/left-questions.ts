const mostNoted = 50

/**
 * The questions that Corral broke off before their answer came, by path: a server that was silent notes each as a failed
 * request of its own once it goes on, and that is no fault of anybody's.
 */
export class LeftQuestions {
  readonly #counts = new Map<string, number>()

  note(path: string): void {
    this.#counts.set(path, Math.min(mostNoted, (this.#counts.get(path) ?? 0) + 1))
  }

  /** Whether one to this path was left, which is then accounted for. */
  claim(path: string): boolean {
    const count = this.#counts.get(path) ?? 0
    if (count > 0) this.#counts.set(path, count - 1)
    return count > 0
  }

  /** Another server begins: it knows of none. */
  forget(): void {
    this.#counts.clear()
  }
}
