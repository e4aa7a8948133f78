/** Holds back what could become a stop text, and ends the answer before one. */
export class StopWatch {
  #held = ''

  constructor(private readonly stops: readonly string[]) {}

  /** What may be sent now, and whether a stop text has come. */
  take(text: string): { text: string; isStopped: boolean } {
    if (this.stops.length === 0) return { text, isStopped: false }
    const all = this.#held + text
    const found = this.stops.map((stop) => all.indexOf(stop)).filter((place) => place >= 0)
    if (found.length > 0) return { text: all.slice(0, Math.min(...found)), isStopped: true }
    const keep = Math.max(0, ...this.stops.map((stop) => sharedLength(all, stop)))
    this.#held = all.slice(all.length - keep)
    return { text: all.slice(0, all.length - keep), isStopped: false }
  }

  /** What was held back in vain, at the end. */
  rest(): string {
    return this.#held
  }
}

/** How much of the text's end is the beginning of the stop text. */
function sharedLength(text: string, stop: string): number {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length
  }
  return 0
}
