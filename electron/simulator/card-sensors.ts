import type { SimulatedCard } from './configuration'

const idleWatts = 21
const ambientCelsius = 31
const celsiusPerWatt = 0.105
const thermalSeconds = 28

/** One card's sensors: work makes watts, watts make heat, and heat comes and goes slowly. */
export class CardSensors {
  #celsius = 36
  #watts = idleWatts
  #readAtMs = performance.now()

  constructor(private readonly card: SimulatedCard) {}

  read(busyShare: number, holdsModel: boolean) {
    const nowMs = performance.now()
    const elapsedSeconds = (nowMs - this.#readAtMs) / 1000
    this.#readAtMs = nowMs
    const noise = Math.random() - 0.5
    const isWorking = busyShare > 0.02
    const wantedWatts = isWorking
      ? Math.min(this.card.powerLimitWatts, 80 + busyShare * this.card.powerLimitWatts * 0.78 + noise * 14)
      : (holdsModel ? 26 : idleWatts) + noise * 1.5
    // The sensor tells the mean of its last second.
    this.#watts += (wantedWatts - this.#watts) * Math.min(1, elapsedSeconds === 0 ? 1 : elapsedSeconds)
    const settled = ambientCelsius + this.#watts * celsiusPerWatt
    this.#celsius += (settled - this.#celsius) * (1 - Math.exp(-elapsedSeconds / thermalSeconds))
    return {
      utilizationPercent: isWorking ? Math.round(Math.min(100, busyShare * 100 + noise * 3)) : 0,
      watts: this.#watts,
      celsius: this.#celsius,
      coreMegahertz: isWorking ? Math.round(2640 - (this.#celsius - 40) * 1.5 + noise * 30) : 210,
      memoryMegahertz: isWorking || holdsModel ? 10_251 : 405,
      fanPercent: this.#celsius < 50 ? 0 : Math.round(30 + (this.#celsius - 50) * 1.4),
      performanceState: isWorking || holdsModel ? 'P2' : 'P8',
      throttleMask: isWorking ? (this.#watts > this.card.powerLimitWatts * 0.97 ? 0x4 : 0) : 0x1,
    }
  }
}
