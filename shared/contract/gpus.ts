import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation'

export const ThrottleReason = z.enum([
  'idle',
  'application-clocks',
  'power-cap',
  'hardware-slowdown',
  'sync-boost',
  'software-thermal',
  'hardware-thermal',
  'power-brake',
  'display-clocks',
])
export type ThrottleReason = z.infer<typeof ThrottleReason>

/** One reading of one card. A value the card or its driver does not give is null: a gap, never 0. */
export const GpuReading = z.object({
  atMs: z.number(),
  utilizationPercent: z.number().nullable(),
  memoryUsedBytes: z.number().nullable(),
  powerWatts: z.number().nullable(),
  powerLimitWatts: z.number().nullable(),
  temperatureCelsius: z.number().nullable(),
  coreClockMegahertz: z.number().nullable(),
  memoryClockMegahertz: z.number().nullable(),
  fanPercent: z.number().nullable(),
  performanceState: z.string().nullable(),
  throttleReasons: z.array(ThrottleReason),
})
export type GpuReading = z.infer<typeof GpuReading>

export const Gpu = z.object({
  uuid: z.string(),
  index: z.number(),
  name: z.string(),
  memoryTotalBytes: z.number(),
  pcie: z.string().nullable(), // "4.0 × 16" at most
  maximumPowerWatts: z.number().nullable(),
  latest: GpuReading.nullable(),
  /** What the driver says of a card that no longer answers. */
  lostReason: z.string().nullable(),
  processes: z.array(z.object({ pid: z.number(), name: z.string(), usedBytes: z.number().nullable() })),
})
export type Gpu = z.infer<typeof Gpu>

export const Gpus = z.object({
  state: z.enum(['probing', 'watching', 'absent', 'failed']),
  /** Why there is nothing to watch: a key of the page's texts. */
  reason: z
    .enum(['no-nvidia-smi', 'no-devices', 'no-driver', 'driver-mismatch', 'no-permission', 'hangs', 'other'])
    .nullable(),
  detail: z.string().nullable(), // what nvidia-smi said
  driverVersion: z.string().nullable(),
  cards: z.array(Gpu),
  isSimulated: z.boolean(),
})
export type Gpus = z.infer<typeof Gpus>

const Series = z.array(z.number().nullable())

/** A stretch of history: shared times, and per card one value a time; null is a gap. At most 600 points. */
export const GpuHistory = z.object({
  atMs: z.array(z.number()),
  stepMs: z.number(),
  cards: z.array(
    z.object({
      uuid: z.string(),
      utilizationPercent: Series,
      memoryUsedBytes: Series,
      powerWatts: Series,
      temperatureCelsius: Series,
      coreClockMegahertz: Series,
      fanPercent: Series,
    }),
  ),
})
export type GpuHistory = z.infer<typeof GpuHistory>

export const gpus = {
  /** The cards and their latest readings. */
  watch: operation.output(eventIterator(Gpus)),
  /** The last minutes, again each time a point is added. */
  watchHistory: operation
    .input(z.object({ minutes: z.union([z.literal(5), z.literal(15), z.literal(60)]) }))
    .output(eventIterator(GpuHistory)),
  /** Asks nvidia-smi again after it was absent or failed. */
  lookAgain: operation,
}
