import { setImmediate as turn } from 'node:timers/promises'

/** How long one slice of long work may keep everything else waiting. */
const sliceMs = 8

/** Cuts long work: whoever calls `pause` between its steps lets all others have their turn whenever a slice is over. */
export class Slices {
  #beganAtMs = performance.now()

  constructor(private readonly signal?: AbortSignal) {}

  /** Whether this slice has had its time. */
  get isOver(): boolean {
    return performance.now() - this.#beganAtMs >= sliceMs
  }

  /** Goes on at once within a slice, and after the others' turn at its end. Throws once the signal is aborted. */
  async pause(): Promise<void> {
    if (!this.isOver) return
    await turn()
    this.signal?.throwIfAborted()
    this.#beganAtMs = performance.now()
  }
}
