import { setTimeout as pause } from 'node:timers/promises'

const everyMs = 1500
const turnsBetweenUnseen = 4

type Needs = {
  /** Does one look; does not throw. */
  look: () => Promise<void>
  isWatched: () => boolean
  /** Whether there is anything that could change by itself. */
  isAnybodyThere: () => boolean
}

/** Looks at the server: one after the other, and by themselves. */
export class Looks {
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly needs: Needs) {}

  /** The last one that was asked for. */
  get last(): Promise<void> {
    return this.#last
  }

  now(): Promise<void> {
    this.#last = this.#last.then(() => this.needs.look())
    return this.#last
  }

  /** Every second and a half while somebody watches; else seldom, since the end of a child is told by the system. */
  async keepLooking(closing: AbortSignal): Promise<void> {
    for (let turn = 1; !closing.aborted; turn++) {
      await pause(everyMs, undefined, { signal: closing }).catch(() => {})
      const isUnseenTurn = turn % turnsBetweenUnseen === 0 && this.needs.isAnybodyThere()
      if (!closing.aborted && (isUnseenTurn || this.needs.isWatched())) await this.now()
    }
  }
}
