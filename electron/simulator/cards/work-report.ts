import type { Configuration } from '../configuration'
import type { Engine } from '../engine/engine'
import type { MachineFolder } from './machine-folder'

/** What one server made of each card since its last report. */
export type CardWork = { busyShare: number; effortShare: number }

/** What works on the cards: an engine, and how many layers of its model lie on each. */
type Worker = { engine: Engine; placement: { layers: number; layerCounts: readonly number[] } }

export const workKind = 'server'

const reportEveryMs = 250

/** Tells the simulated nvidia-smi how busy the cards are; it forgets a server whose reports end. */
export class WorkReport {
  readonly #timer: NodeJS.Timeout
  #reportedAtMs = performance.now()

  constructor(
    private readonly folder: MachineFolder,
    private readonly configuration: Configuration,
    private readonly loaded: readonly Worker[],
  ) {
    this.#timer = setInterval(() => this.#report(), reportEveryMs)
    this.#report()
  }

  close(): void {
    clearInterval(this.#timer)
    this.folder.remove(`${workKind}-${process.pid}`)
  }

  #report() {
    const nowMs = performance.now()
    const elapsedMs = Math.max(1, nowMs - this.#reportedAtMs)
    this.#reportedAtMs = nowMs
    const cards: CardWork[] = this.configuration.cards.map(() => ({ busyShare: 0, effortShare: 0 }))
    for (const { engine, placement } of this.loaded) {
      const work = engine.takeWork()
      const layers = placement.layers || 1
      placement.layerCounts.forEach((count, index) => {
        const card = cards[index]
        if (!card || count === 0) return
        // Layers lie one behind the other: a card works for its share of each step, and a little beside the others.
        const share = Math.min(1, (count / layers) * 1.15)
        card.busyShare = Math.min(1, card.busyShare + (work.busyMs / elapsedMs) * share)
        card.effortShare = Math.min(1, card.effortShare + (work.effortMs / elapsedMs) * share)
      })
    }
    this.folder.write(`${workKind}-${process.pid}`, cards)
  }
}
