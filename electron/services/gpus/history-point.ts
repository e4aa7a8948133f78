import { z } from 'zod'
import type { GpuReading } from '../../../shared/contract/gpus'
import { isHeldBack } from '../../../shared/gpus/throttling'
import { SavedForm } from '../../platform/saved-form'

/** What is kept of a reading, and the name of its column on disk. */
export const columns = {
  utilizationPercent: 'utilization_percent',
  memoryUsedBytes: 'memory_used_bytes',
  powerWatts: 'power_watts',
  temperatureCelsius: 'temperature_celsius',
  coreClockMegahertz: 'core_clock_megahertz',
  fanPercent: 'fan_percent',
  powerCappedShare: 'power_capped_share',
  slowedShare: 'slowed_share',
} as const
type Quantity = keyof typeof columns
export type Values = Record<Quantity, number | null>
export const quantities = Object.keys(columns) as Quantity[]

/** A point as its row keeps it. */
export const savedPoint = new SavedForm(
  'point of the GPU history',
  z.object({
    uuid: z.string(),
    atMs: z.number(),
    spanMs: z.number(),
    ...(Object.fromEntries(quantities.map((name) => [name, z.number().nullable()])) as Record<
      Quantity,
      z.ZodNullable<z.ZodNumber>
    >),
  }),
)

/** Values that hold for the `spanMs` before `atMs`. */
export type Point = Values & { atMs: number; spanMs: number }

export function pointOf(reading: GpuReading, spanMs: number): Point {
  const reasons = reading.throttleReasons
  const share = (how: 'slowed' | 'capped') => (reasons === null ? null : Number(isHeldBack(reasons, how)))
  return {
    atMs: reading.atMs,
    spanMs,
    utilizationPercent: reading.utilizationPercent,
    memoryUsedBytes: reading.memoryUsedBytes,
    powerWatts: reading.powerWatts,
    temperatureCelsius: reading.temperatureCelsius,
    coreClockMegahertz: reading.coreClockMegahertz,
    fanPercent: reading.fanPercent,
    powerCappedShare: share('capped'),
    slowedShare: share('slowed'),
  }
}

/** The mean of each quantity over the points that know it; null where none does. */
export function meanOf(points: readonly Point[]): Values {
  const mean = (quantity: Quantity) => {
    let sum = 0
    let count = 0
    for (const point of points) {
      const value = point[quantity]
      if (value === null) continue
      sum += value
      count++
    }
    return count === 0 ? null : quantity === 'memoryUsedBytes' ? Math.round(sum / count) : round(sum / count)
  }
  return Object.fromEntries(quantities.map((quantity) => [quantity, mean(quantity)])) as Values
}

/** Two decimals: more is noise, and costs the page's connection. */
const round = (value: number) => Math.round(value * 100) / 100
