import type { GpuReading, GpuHistory as History } from '../../../shared/contract/gpus'
import type { Database } from '../../platform/database'

const keptInMemoryMs = 61 * 60_000
const storedStepMs = 10_000
const storedForMs = 7 * 86_400_000

/** Wide enough that a reading a second always falls into each step; at most 600 points. */
const stepMs = { 5: 1500, 15: 1500, 60: 6000 } as const
export type Minutes = keyof typeof stepMs

const columns = {
  utilizationPercent: 'utilization_percent',
  memoryUsedBytes: 'memory_used_bytes',
  powerWatts: 'power_watts',
  temperatureCelsius: 'temperature_celsius',
  coreClockMegahertz: 'core_clock_megahertz',
  fanPercent: 'fan_percent',
} as const
type Quantity = keyof typeof columns
const quantities = Object.keys(columns) as Quantity[]

type Point = { atMs: number } & Record<Quantity, number | null>

/** The last hour in memory, and its ten-second means on disk for a week, so that a restart of Corral leaves only its own gap. */
export class GpuHistory {
  readonly #points = new Map<string, Point[]>()
  readonly #pending = new Map<string, Point[]>()
  #prunedAtMs = 0

  constructor(private readonly database: Database) {
    const rows = database
      .prepare(`SELECT uuid, at_ms AS atMs, ${quantities.map((name) => `${columns[name]} AS ${name}`).join(', ')}
        FROM gpu_history WHERE at_ms > ? ORDER BY at_ms`)
      .all(Date.now() - keptInMemoryMs) as (Point & { uuid: string })[]
    for (const { uuid, ...point } of rows) this.#pointsOf(uuid).push(point)
  }

  add(uuid: string, reading: GpuReading): void {
    const point = {
      atMs: reading.atMs,
      ...Object.fromEntries(quantities.map((name) => [name, reading[name]])),
    } as Point
    const points = this.#pointsOf(uuid)
    points.push(point)
    while (points[0] && points[0].atMs < reading.atMs - keptInMemoryMs) points.shift()
    const pending = this.#pending.get(uuid) ?? []
    pending.push(point)
    this.#pending.set(uuid, pending)
    if (point.atMs - (pending[0]?.atMs ?? 0) >= storedStepMs) this.#store(uuid, pending)
  }

  /** The last minutes, in steps; a step without a reading is a gap. */
  series(minutes: Minutes, uuids: readonly string[], nowMs = Date.now()): History {
    const step = stepMs[minutes]
    const count = Math.round((minutes * 60_000) / step)
    const beginMs = (Math.floor(nowMs / step) - count + 1) * step
    return {
      stepMs: step,
      atMs: Array.from({ length: count }, (_, place) => beginMs + place * step),
      cards: uuids.map((uuid) => ({ uuid, ...this.#binned(uuid, beginMs, step, count) })),
    }
  }

  /** Readings of one card between two moments, for whoever integrates them. */
  between(uuid: string, fromMs: number, toMs: number): readonly Point[] {
    return this.#pointsOf(uuid).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  }

  /** Writes what is not on disk yet. */
  close(): void {
    for (const [uuid, pending] of this.#pending) this.#store(uuid, pending)
  }

  #binned(uuid: string, beginMs: number, step: number, count: number) {
    const bins = Array.from({ length: count }, () => [] as Point[])
    for (const point of this.#pointsOf(uuid)) bins[Math.floor((point.atMs - beginMs) / step)]?.push(point)
    return Object.fromEntries(
      quantities.map((name) => [name, bins.map((bin) => mean(bin.map((point) => point[name])))]),
    ) as Record<Quantity, (number | null)[]>
  }

  #store(uuid: string, pending: Point[]) {
    const last = pending.at(-1)
    if (!last) return
    this.database
      .prepare(`INSERT OR REPLACE INTO gpu_history (uuid, at_ms, ${quantities.map((name) => columns[name]).join(', ')})
        VALUES (?, ?, ${quantities.map(() => '?').join(', ')})`)
      .run(uuid, last.atMs, ...quantities.map((name) => mean(pending.map((point) => point[name]))))
    pending.length = 0
    if (last.atMs - this.#prunedAtMs < 3_600_000) return
    this.#prunedAtMs = last.atMs
    this.database.prepare('DELETE FROM gpu_history WHERE at_ms < ?').run(last.atMs - storedForMs)
  }

  #pointsOf(uuid: string): Point[] {
    const points = this.#points.get(uuid) ?? []
    this.#points.set(uuid, points)
    return points
  }
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
