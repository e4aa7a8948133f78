import { setTimeout as pause } from 'node:timers/promises'
import type { Gpus as State } from '../../../shared/contract/gpus'
import type { Watched } from '../../platform/watched'
import type { Program } from '../../process/program'
import { askProcesses } from './ask-cards'
import type { CardProcess } from './readings'

const lookEveryMs = 2000
const readAtLeastEveryMs = 20_000
const wantedForMs = 10_000
const notableBytes = 64 * 2 ** 20

/**
 * Who holds memory on which card. Each look is a start of nvidia-smi, which costs more than the loop does in a minute;
 * so it is taken only while somebody wants to know, and when the memory of a card has changed or the last look is old.
 */
export class CardProcesses {
  #wantedUntilMs = 0
  #readAtMs = 0
  #readFor: readonly number[] = []

  constructor(
    private readonly onFound: (found: CardProcess[]) => void,
    private readonly onOther: (line: string) => void,
  ) {}

  want(): void {
    this.#wantedUntilMs = performance.now() + wantedForMs
  }

  async follow(program: Program, state: Watched<State>, signal: AbortSignal): Promise<void> {
    this.#readAtMs = 0
    while (!signal.aborted) {
      await this.#look(program, state.current, signal)
      await pause(lookEveryMs, undefined, { signal }).catch(() => {})
    }
  }

  async #look(program: Program, { cards }: State, signal: AbortSignal) {
    const nowMs = performance.now()
    if (nowMs > this.#wantedUntilMs) return
    const used = cards.map(({ latest }) => latest?.memoryUsedBytes ?? 0)
    const hasMoved = used.some((bytes, place) => Math.abs(bytes - (this.#readFor[place] ?? 0)) > notableBytes)
    if (this.#readAtMs > 0 && !hasMoved && nowMs - this.#readAtMs < readAtLeastEveryMs) return
    const found = await askProcesses(program, signal, this.onOther)
    if (signal.aborted) return
    this.#readAtMs = nowMs
    this.#readFor = used
    this.onFound(found ?? [])
  }
}
