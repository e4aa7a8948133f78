import { totalmem } from 'node:os'
import type { Gpu, GpuReading } from '../../../shared/contract/gpus'
import type { ThrottleReason } from '../../../shared/gpus/throttling'
import { availableMemoryBytes } from '../../platform/available-memory'
import { failureIn, numberIn, readCell, wordsIn } from './cells'
import type { CsvRow } from './csv-rows'

function bytesIn(mebibytes: string | undefined): number | null {
  const count = numberIn(mebibytes)
  return count === null ? null : count * 2 ** 20
}

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

/** The reasons in a 64-bit mask (nvml.h); null where there is no mask. */
export function throttleReasons(mask: string | undefined): ThrottleReason[] | null {
  const text = (mask ?? '').trim()
  if (!/^0x[0-9a-f]{1,16}$/i.test(text)) return null
  const bits = BigInt(text)
  return reasonBits.filter(([bit]) => (bits & bit) !== 0n).map(([, reason]) => reason)
}

/** One row of the loop as a reading. `maximumPowerWatts` tells a frozen sensor from a real one. */
export function readingOf(row: CsvRow, atMs: number, maximumPowerWatts: number | null): GpuReading {
  return {
    atMs,
    utilizationPercent: numberIn(row['utilization.gpu']),
    memoryUsedBytes: bytesIn(row['memory.used']),
    memoryReservedBytes: bytesIn(row['memory.reserved']),
    powerWatts: plausiblePower(numberIn(row['power.draw']) ?? numberIn(row['power.draw.instant']), maximumPowerWatts),
    powerLimitWatts: numberIn(row['enforced.power.limit']) ?? numberIn(row['power.limit']),
    temperatureCelsius: numberIn(row['temperature.gpu']),
    coreClockMegahertz: numberIn(row['clocks.sm']),
    memoryClockMegahertz: numberIn(row['clocks.mem']),
    fanPercent: numberIn(row['fan.speed']),
    performanceState: wordsIn(row.pstate),
    throttleReasons: throttleReasons(row['clocks_throttle_reasons.active']),
    driverErrors: driverErrors(row),
  }
}

/**
 * A card without memory of its own uses the machine's, and what is left of that is what is left for it. At least what its
 * processes hold is used.
 */
export function withSystemMemory(reading: GpuReading, heldBytes = 0): GpuReading {
  const memoryUsedBytes = reading.memoryUsedBytes ?? Math.max(heldBytes, totalmem() - availableMemoryBytes())
  return { ...reading, memoryUsedBytes }
}

/** Some laptops report a frozen 588 W on a card of 35 W: no card draws half as much again as it may (gpu.md 1.4). */
const plausiblePower = (watts: number | null, maximum: number | null) =>
  watts !== null && maximum !== null && maximum > 0 && watts > maximum * 1.5 ? null : watts

export type CardFacts = Omit<Gpu, 'latest' | 'recentPercents' | 'lostReason' | 'processes'> & {
  driverVersion: string | null
}

/**
 * One row of the static query; null when the card has no identity. A chip without memory of its own (GB10, Thor, Jetson)
 * says so by having no total; some of those have no id either.
 */
export function factsOf(row: CsvRow): CardFacts | null {
  const index = numberIn(row.index)
  if (index === null) return null
  const uuid = wordsIn(row.uuid) ?? (readCell(row.uuid).kind === 'unsupported' ? `GPU ${index}` : null)
  if (uuid === null) return null
  const generation = numberIn(row['pcie.link.gen.max'])
  const width = numberIn(row['pcie.link.width.max'])
  return {
    uuid,
    index,
    name: (wordsIn(row.name) ?? 'GPU').replace(/^NVIDIA /, ''),
    memoryTotalBytes: bytesIn(row['memory.total']),
    sharesMemory: row['memory.total'] !== undefined && readCell(row['memory.total']).kind === 'unsupported',
    pcie: generation === null || width === null ? null : `${generation}.0 × ${width}`,
    maximumPowerWatts: numberIn(row['power.max_limit']) ?? numberIn(row['power.default_limit']),
    driverVersion: wordsIn(row.driver_version),
  }
}

/** Why a row is that of a card which no longer answers; a single value that fails does not make it one. */
export function lostReasonOf(row: CsvRow): string | null {
  const failures = driverErrors(row)
  const isDead = failureIn(row['utilization.gpu']) !== null && failureIn(row['memory.used']) !== null
  return (
    failures.find((words) => /lost|reset/i.test(words)) ??
    failureIn(row.uuid) ??
    (isDead ? (failures[0] ?? null) : null)
  )
}

/** What the driver says where values should be, each text once. */
function driverErrors(row: CsvRow): string[] {
  return [...new Set(Object.values(row).flatMap((cell) => failureIn(cell) ?? []))]
}

export type CardProcess = { uuid: string; pid: number; name: string; usedBytes: number | null }

/** The rows of --query-compute-apps. Windows tells no memory. */
export function processOf(row: CsvRow): CardProcess | null {
  const uuid = wordsIn(row.uuid)
  const pid = numberIn(row.pid)
  if (uuid === null || pid === null) return null
  return { uuid, pid, name: fileNameIn(row.process_name ?? row.name ?? ''), usedBytes: bytesIn(row.used_memory) }
}

/** The last part of a path, whichever its kind; empty where the driver says something else instead of a name. */
function fileNameIn(path: string): string {
  if (readCell(path).kind === 'unsupported' || failureIn(path) !== null) return ''
  const isOfWindows = !path.startsWith('/')
  return path.split(isOfWindows ? /[\\/]/ : '/').findLast((part) => part !== '') ?? ''
}
