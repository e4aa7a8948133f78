import { uptime } from 'node:os'

/** No thread that is merely busy comes this late to a clock that rings several times a second. */
const tooLateMs = 3000

/**
 * Finds out whether this process or its whole machine stood still since the last look, by steady clocks alone: one that
 * somebody sets is not looked at. The first stands still itself while Linux or macOS sleeps, the other goes on.
 */
export class SleepWatch {
  #steadyMs = performance.now()
  #machineMs = uptime() * 1000

  /** ms that were slept since the last look; `isOnClock`: the steady clock went on meanwhile. */
  look(): { sleptMs: number; isOnClock: boolean } {
    const steadyMs = performance.now()
    const machineMs = uptime() * 1000
    const lateMs = steadyMs - this.#steadyMs
    const unseenMs = machineMs - this.#machineMs - lateMs
    this.#steadyMs = steadyMs
    this.#machineMs = machineMs
    if (unseenMs > tooLateMs) return { sleptMs: unseenMs, isOnClock: false }
    return { sleptMs: lateMs > tooLateMs ? lateMs : 0, isOnClock: true }
  }
}
