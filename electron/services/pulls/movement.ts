const stalledAfterMs = 10_000
/** Ollama itself asks again for a part after 30 s of silence; it has another 10 s to show that this helped. */
const yieldsAfterMs = 40_000
/** Between layers, when all that was told of is there, an old server looks only once a second. */
const patienceBetweenLayersMs = 30_000

/** A retry brings what lies in a buffer and stops again: bytes end a stall once they have come for so long ... */
const steadyForMs = 3000
/** ... and never apart by more. */
const steadyGapMs = 5000

/** Whether a download moves, falls included, or stands still; and since when. */
export class Movement {
  #isStalled = false
  #rises: { firstAtMs: number; lastAtMs: number } | null = null

  constructor(private movedAtMs: number) {}

  /** Something else has begun. */
  begin(nowMs: number): void {
    this.movedAtMs = nowMs
    this.#isStalled = false
    this.#rises = null
  }

  /** Its bytes have changed. */
  note(nowMs: number, hasFallen: boolean): void {
    if (!this.#isStalled && nowMs - this.movedAtMs <= stalledAfterMs) {
      this.movedAtMs = nowMs
      return
    }
    this.#isStalled = true
    if (hasFallen) return // a retry throws away what a part had
    const { firstAtMs, lastAtMs } = this.#rises ?? { firstAtMs: nowMs, lastAtMs: nowMs }
    this.#rises = { firstAtMs: nowMs - lastAtMs > steadyGapMs ? nowMs : firstAtMs, lastAtMs: nowMs }
    if (nowMs - this.#rises.firstAtMs >= steadyForMs) this.begin(nowMs)
  }

  isStalled(nowMs: number, isBetweenLayers: boolean): boolean {
    const patienceMs = isBetweenLayers ? patienceBetweenLayersMs : stalledAfterMs
    return this.#isStalled || nowMs - this.movedAtMs > patienceMs
  }

  /** Whether it has stood still for so long that another may go first. */
  mayYield(nowMs: number): boolean {
    return nowMs - this.movedAtMs > yieldsAfterMs
  }
}
