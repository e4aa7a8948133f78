import type { SimulatedCard } from '../configuration'

const idleWatts = 21
const ambientCelsius = 31
const celsiusPerWatt = 0.105
const thermalSeconds = 28

export type Reading = {
  usedBytes: number
  utilizationPercent: number
  /** Mean of the last second, and of the moment. */
  watts: number
  instantWatts: number
  celsius: number
  coreMegahertz: number
  memoryMegahertz: number
  fanPercent: number
  performanceState: string
  throttleMask: number
}

/** What outlives one nvidia-smi: heat does not go because nobody looks. */
export type SensorState = { atMs: number; celsius: number; watts: number }

/** One card's sensors: work makes watts, watts make heat, and heat comes and goes slowly. */
export class CardSensors {
  #celsius = 36
  #watts = idleWatts
  #readAtMs: number

  constructor(
    private readonly card: SimulatedCard,
    last: SensorState | null,
    nowMs = Date.now(),
  ) {
    this.#readAtMs = nowMs
    if (!last) return
    this.#readAtMs = Math.min(nowMs, last.atMs)
    this.#celsius = last.celsius
    this.#watts = last.watts
  }

  get state(): SensorState {
    return { atMs: this.#readAtMs, celsius: this.#celsius, watts: this.#watts }
  }

  read(work: { busyShare: number; effortShare: number }, usedBytes: number, nowMs = Date.now()): Reading {
    const elapsedSeconds = Math.max(0, (nowMs - this.#readAtMs) / 1000)
    this.#readAtMs = nowMs
    const noise = Math.random() - 0.5
    const isWorking = work.busyShare > 0.02
    const isAwake = isWorking || usedBytes > 0
    const instantWatts = isWorking
      ? Math.min(this.card.powerLimitWatts, 70 + work.effortShare * (this.card.powerLimitWatts - 66) + noise * 14)
      : (isAwake ? 27 : idleWatts) + noise * 1.5
    this.#watts += (instantWatts - this.#watts) * Math.min(1, elapsedSeconds)
    const settled = ambientCelsius + this.#watts * celsiusPerWatt
    this.#celsius += (settled - this.#celsius) * (1 - Math.exp(-elapsedSeconds / thermalSeconds))
    const isAtLimit = instantWatts > this.card.powerLimitWatts * 0.98
    return {
      usedBytes,
      utilizationPercent: isWorking ? Math.round(Math.min(100, work.busyShare * 100 + noise * 3)) : 0,
      watts: this.#watts,
      instantWatts,
      celsius: this.#celsius,
      coreMegahertz: isWorking ? Math.round(2760 - (this.#celsius - 40) * 1.5 + noise * 30) : 210,
      memoryMegahertz: isAwake ? 10_251 : 405,
      fanPercent: this.#celsius < 50 ? 0 : Math.round(30 + (this.#celsius - 50) * 1.4),
      performanceState: isAwake ? 'P2' : 'P8',
      throttleMask: isWorking ? (isAtLimit ? 0x4 : 0) : 0x1,
    }
  }
}
