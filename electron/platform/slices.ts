import { setImmediate as turn } from 'node:timers/promises'

/** How long one slice of long work may keep everything else waiting. */
const sliceMs = 5

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

const lookedAtTogether = 512

/** Those that are wanted, in their order, looked through in slices. */
export async function filterInSlices<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): Promise<Item[]> {
  const slices = new Slices()
  const wanted: Item[] = []
  for (let from = 0; from < items.length; from += lookedAtTogether) {
    for (const item of items.slice(from, from + lookedAtTogether)) if (isWanted(item)) wanted.push(item)
    await slices.pause()
  }
  return wanted
}
