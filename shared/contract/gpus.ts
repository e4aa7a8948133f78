import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { throttleReasons } from '../gpus/throttling'
import { operation } from './operation'

/** One reading of one card. A value the card or its driver does not give is null: a gap, never 0. */
export const GpuReading = z.object({
  atMs: z.number(),
  utilizationPercent: z.number().nullable(),
  memoryUsedBytes: z.number().nullable(),
  /** What the driver keeps for itself; null before driver 510, which counts it as used. */
  memoryReservedBytes: z.number().nullable(),
  powerWatts: z.number().nullable(),
  powerLimitWatts: z.number().nullable(),
  temperatureCelsius: z.number().nullable(),
  coreClockMegahertz: z.number().nullable(),
  memoryClockMegahertz: z.number().nullable(),
  fanPercent: z.number().nullable(),
  performanceState: z.string().nullable(),
  throttleReasons: z.array(z.enum(throttleReasons)).nullable(), // null: the driver does not say
  /** What the driver says in the place of values, such as "Insufficient Permissions". */
  driverErrors: z.array(z.string()),
})
export type GpuReading = z.infer<typeof GpuReading>

export const Gpu = z.object({
  uuid: z.string(),
  index: z.number(),
  name: z.string(),
  memoryTotalBytes: z.number().nullable(), // of the system, where the card shares it
  /** It has no memory of its own: what it uses is what the whole machine uses. */
  sharesMemory: z.boolean(),
  pcie: z.string().nullable(), // "4.0 × 16" at most
  maximumPowerWatts: z.number().nullable(),
  latest: GpuReading.nullable(),
  /** Its load over the last minute in ten steps, the last one under way; null is a gap. */
  recentPercents: z.array(z.number().nullable()),
  /** What the driver says of a card that no longer answers; "no reading" when it says nothing. */
  lostReason: z.string().nullable(),
  /** As they were read last; asked only while somebody looks. */
  processes: z.array(z.object({ pid: z.number(), name: z.string(), usedBytes: z.number().nullable() })),
})
export type Gpu = z.infer<typeof Gpu>

export const Gpus = z.object({
  state: z.enum(['probing', 'watching', 'absent', 'failed']),
  /** Why there is nothing to watch: a key of the page's texts. */
  reason: z
    .enum([
      'no-nvidia-smi',
      'no-devices',
      'no-driver',
      'driver-mismatch',
      'no-permission',
      'cards-lost',
      'devices-taken',
      'blocked-by-system',
      'hangs',
      'other',
    ])
    .nullable(),
  detail: z.string().nullable(), // what nvidia-smi said
  driverVersion: z.string().nullable(),
  cards: z.array(Gpu),
  /** Cards that have not answered since Corral began: the driver names them, but no one can say what they are. */
  unreachable: z.array(z.object({ card: z.string(), reason: z.string() })),
  isSimulated: z.boolean(),
})
export type Gpus = z.infer<typeof Gpus>

/** What a watch of the cards tells: all of it at first, then, where only readings are new, those. */
export const GpusChange = z.union([
  z.object({ whole: Gpus }),
  z.object({ readings: z.array(Gpu.pick({ uuid: true, latest: true, recentPercents: true, lostReason: true })) }),
])
export type GpusChange = z.infer<typeof GpusChange>

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
      powerCappedShare: Series, // share of the step that the power limit held the card back
      slowedShare: Series, // share of the step that heat or a hardware fault did
    }),
  ),
})
export type GpuHistory = z.infer<typeof GpuHistory>

/** The whole stretch at first, then its end: from the first point that is new or told anew. */
export const GpuHistoryChange = GpuHistory.extend({ isWhole: z.boolean() })
export type GpuHistoryChange = z.infer<typeof GpuHistoryChange>

export const gpus = {
  /** The cards and their latest readings. */
  watch: operation.output(eventIterator(GpusChange)),
  /** The last minutes, then their new points. */
  watchHistory: operation
    .input(z.object({ minutes: z.union([z.literal(5), z.literal(15), z.literal(60)]) }))
    .output(eventIterator(GpuHistoryChange)),
  /** Asks nvidia-smi again after it was absent or failed. */
  lookAgain: operation,
}
