import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks'

const resolutionMs = 5

/** How hard the measuring thread works itself: when it is busy, what it measures is partly itself. */
export class ClientHealth {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs })
  #from: EventLoopUtilization = performance.eventLoopUtilization()

  restart(): void {
    this.#delay.enable()
    this.#delay.reset()
    this.#from = performance.eventLoopUtilization()
  }

  stop(): void {
    this.#delay.disable()
  }

  /** Since the last restart. The histogram counts the timer's own interval in, which is taken off. */
  read(): { eventLoopUtilization: number; loopDelayP99Ms: number } {
    const p99Ms = this.#delay.percentile(99) / 1e6
    return {
      eventLoopUtilization: performance.eventLoopUtilization(this.#from).utilization,
      loopDelayP99Ms: Math.max(0, p99Ms - resolutionMs),
    }
  }
}
