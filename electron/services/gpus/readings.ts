import type { Gpu, GpuReading, ThrottleReason } from '../../../shared/contract/gpus'
import { failureIn, numberIn, wordsIn } from './cells'
import type { CsvRow } from './csv-rows'

const mebibyte = 2 ** 20

const reasonBits: [bigint, ThrottleReason][] = [
  [0x1n, 'idle'],
  [0x2n, 'application-clocks'],
  [0x4n, 'power-cap'],
  [0x8n, 'hardware-slowdown'],
  [0x10n, 'sync-boost'],
  [0x20n, 'software-thermal'],
  [0x40n, 'hardware-thermal'],
  [0x80n, 'power-brake'],
  [0x100n, 'display-clocks'],
]

/** The reasons in a 64-bit mask (nvml.h). */
export function throttleReasons(mask: string | undefined): ThrottleReason[] {
  const text = (mask ?? '').trim()
  if (!/^0x[0-9a-f]{1,16}$/i.test(text)) return []
  const bits = BigInt(text)
  return reasonBits.filter(([bit]) => (bits & bit) !== 0n).map(([, reason]) => reason)
}

/** One row of the loop as a reading. `maximumPowerWatts` tells a frozen sensor from a real one. */
export function readingOf(row: CsvRow, atMs: number, maximumPowerWatts: number | null): GpuReading {
  const memory = numberIn(row['memory.used'])
  return {
    atMs,
    utilizationPercent: numberIn(row['utilization.gpu']),
    memoryUsedBytes: memory === null ? null : memory * mebibyte,
    powerWatts: plausiblePower(numberIn(row['power.draw']) ?? numberIn(row['power.draw.instant']), maximumPowerWatts),
    powerLimitWatts: numberIn(row['enforced.power.limit']) ?? numberIn(row['power.limit']),
    temperatureCelsius: numberIn(row['temperature.gpu']),
    coreClockMegahertz: numberIn(row['clocks.sm']),
    memoryClockMegahertz: numberIn(row['clocks.mem']),
    fanPercent: numberIn(row['fan.speed']),
    performanceState: wordsIn(row.pstate),
    throttleReasons: throttleReasons(row['clocks_throttle_reasons.active']),
  }
}

/** Some laptops report a frozen 588 W on a card of 35 W: no card draws half as much again as it may (gpu.md 1.4). */
const plausiblePower = (watts: number | null, maximum: number | null) =>
  watts !== null && maximum !== null && maximum > 0 && watts > maximum * 1.5 ? null : watts

export type CardFacts = Omit<Gpu, 'latest' | 'lostReason' | 'processes'> & { driverVersion: string | null }

/** One row of the static query; null when the card has no identity. */
export function factsOf(row: CsvRow): CardFacts | null {
  const uuid = wordsIn(row.uuid)
  const index = numberIn(row.index)
  if (uuid === null || index === null) return null
  const generation = numberIn(row['pcie.link.gen.max'])
  const width = numberIn(row['pcie.link.width.max'])
  return {
    uuid,
    index,
    name: (wordsIn(row.name) ?? 'GPU').replace(/^NVIDIA /, ''),
    memoryTotalBytes: (numberIn(row['memory.total']) ?? 0) * mebibyte,
    pcie: generation === null || width === null ? null : `${generation}.0 × ${width}`,
    maximumPowerWatts: numberIn(row['power.max_limit']) ?? numberIn(row['power.default_limit']),
    driverVersion: wordsIn(row.driver_version),
  }
}

/** The first error a row carries instead of values that a living card always has. */
export const lostReasonOf = (row: CsvRow): string | null =>
  failureIn(row.uuid) ?? failureIn(row['utilization.gpu']) ?? failureIn(row['memory.used'])

export type CardProcess = { uuid: string; pid: number; name: string; usedBytes: number | null }

/** The rows of --query-compute-apps. Windows tells no memory. */
export function processOf(row: CsvRow): CardProcess | null {
  const uuid = wordsIn(row.uuid)
  const pid = numberIn(row.pid)
  if (uuid === null || pid === null) return null
  const used = numberIn(row.used_memory)
  const path = wordsIn(row.process_name) ?? wordsIn(row.name) ?? ''
  return { uuid, pid, name: path.split(/[\\/]/).pop() ?? path, usedBytes: used === null ? null : used * mebibyte }
}
