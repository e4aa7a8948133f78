import { uptime } from 'node:os'
import { Watched } from './watched'

const everyMs = 1000
/** A busy machine is late by less. */
const lateMs = 5000

/** `atMs` is when it was noticed, on the clock of `performance.now()`. */
export type Standstill = { atMs: number; durationMs: number }

/** Two clocks that nobody can set: the first goes on while a process is stopped, the second also while a machine sleeps. */
export type SteadyClocks = { processMs(): number; machineMs(): number }

const systemClocks: SteadyClocks = { processMs: () => performance.now(), machineMs: () => uptime() * 1000 }

/**
 * Notices when the machine slept or Corral was stopped, by a timer that comes late on a steady clock. The clock of the
 * day is not asked: it is set back and forth by hand and by the network.
 */
export class Standstills {
  readonly last = new Watched<Standstill | null>(null)
  #timer: NodeJS.Timeout | undefined
  #seen: { processMs: number; machineMs: number }

  constructor(private readonly clocks: SteadyClocks = systemClocks) {
    this.#seen = this.#now()
  }

  open(): void {
    this.#seen = this.#now()
    this.#timer = setInterval(() => this.look(), everyMs)
    this.#timer.unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  /** As the timer does each second; also for whoever wants to know at once. */
  look(): void {
    const before = this.#seen
    this.#seen = this.#now()
    const passedMs = Math.max(
      this.#seen.processMs - before.processMs,
      // It counts in whole seconds on some systems.
      this.#seen.machineMs - before.machineMs,
    )
    const durationMs = passedMs - everyMs
    if (durationMs >= lateMs) this.last.set({ atMs: this.#seen.processMs, durationMs })
  }

  #now() {
    return { processMs: this.clocks.processMs(), machineMs: this.clocks.machineMs() }
  }
}
