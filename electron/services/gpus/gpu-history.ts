import type { GpuHistoryChange, GpuReading, GpuHistory as History } from '../../../shared/contract/gpus'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { RecordReader } from '../../platform/saved-form'
import { columns, meanOf, type Point, pointOf, quantities, savedPoint } from './history-point'

const keptInMemoryMs = 61 * 60_000
const storedStepMs = 10_000
const storedForMs = 7 * 86_400_000
/** Readings further apart have a gap between them. */
const longestSpanMs = 3000
/** Readings come once a second: what comes closer together has been waiting somewhere. */
const burstMs = 100
/** A step is told when the reading that ends it has had time to come. */
const lateMs = 1100
const recentSteps = 10
const recentStepMs = 6000
export const noRecentPercents: readonly null[] = Array.from({ length: recentSteps }, () => null)

/** Wide enough that a reading a second always falls into each step; at most 600 points. */
export const stepMs = { 5: 1500, 15: 3000, 60: 6000 } as const
export type Minutes = keyof typeof stepMs

/** The last hour in memory, and its ten-second means on disk for a week, so that a restart of Corral leaves only its own gap. */
export class GpuHistory {
  readonly #points = new Map<string, Point[]>()
  readonly #pending = new Map<string, Point[]>()
  readonly #interrupted = new Set<string>()
  #prunedAtMs = 0

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {
    const names = quantities.map((name) => `${columns[name]} AS ${name}`).join(', ')
    const rows = database
      .prepare(
        `SELECT uuid, at_ms AS atMs, span_ms AS spanMs, ${names} FROM gpu_history WHERE at_ms > ? ORDER BY at_ms`,
      )
      .all(Date.now() - keptInMemoryMs)
    const reader = new RecordReader(logger)
    for (const row of rows) {
      const saved = reader.tryRead('some points of the GPU history', () => savedPoint.upgrade(row))
      if (!saved) continue
      const { uuid, ...point } = saved
      this.#pointsOf(uuid).push(point)
    }
  }

  add(uuid: string, reading: GpuReading): void {
    const points = this.#pointsOf(uuid)
    if ((points.at(-1)?.atMs ?? 0) > reading.atMs) this.#forgetAfter(uuid, reading.atMs)
    const last = points.at(-1)
    const sinceLastMs = this.#interrupted.delete(uuid) ? 0 : reading.atMs - (last?.atMs ?? 0)
    // What lay in the pipe while Corral was stopped comes all at once: only the last of it is of now.
    if (last && sinceLastMs < burstMs && last.spanMs === 0) {
      points.pop()
      this.#pending.get(uuid)?.pop()
    }
    const point = pointOf(reading, sinceLastMs >= burstMs && sinceLastMs <= longestSpanMs ? sinceLastMs : 0)
    points.push(point)
    while (points[0] && points[0].atMs < reading.atMs - keptInMemoryMs) points.shift()
    const pending = this.#pending.get(uuid) ?? []
    if (point.spanMs === 0) this.#store(uuid, pending)
    pending.push(point)
    this.#pending.set(uuid, pending)
    if (point.atMs - (pending[0]?.atMs ?? 0) >= storedStepMs) this.#store(uuid, pending)
  }

  /** Nobody reads for a while: whatever comes next does not speak for the time before it. */
  interrupt(): void {
    for (const uuid of this.#points.keys()) this.#interrupted.add(uuid)
  }

  /** When the last step to tell began: until it changes, the picture is the same. */
  lastStepAtMs(minutes: Minutes, nowMs = Date.now()): number {
    return (Math.floor((nowMs - lateMs) / stepMs[minutes]) - 1) * stepMs[minutes]
  }

  /** The load of the last minute in ten steps, the last one as far as it has come. */
  recentPercents(uuid: string, nowMs: number): (number | null)[] {
    const beginMs = (Math.floor(nowMs / recentStepMs) - recentSteps + 1) * recentStepMs
    const points = this.#pointsOf(uuid)
    const bins = Array.from({ length: recentSteps }, (): number[] => [])
    for (let place = points.length - 1; place >= 0; place--) {
      const { atMs, utilizationPercent } = points[place] as Point
      if (atMs < beginMs) break
      if (utilizationPercent !== null) bins[Math.floor((atMs - beginMs) / recentStepMs)]?.push(utilizationPercent)
    }
    return bins.map((values) =>
      values.length === 0 ? null : Math.round(values.reduce((a, b) => a + b) / values.length),
    )
  }

  /** The last minutes, in steps; a step that no reading speaks for is a gap. */
  series(minutes: Minutes, uuids: readonly string[], nowMs = Date.now()): GpuHistoryChange {
    const count = Math.round((minutes * 60_000) / stepMs[minutes])
    const beginMs = this.lastStepAtMs(minutes, nowMs) - (count - 1) * stepMs[minutes]
    return { isWhole: true, ...this.#steps(minutes, uuids, beginMs, nowMs) }
  }

  /** Their end: the steps after the one that began then, and those before it that a reading since may have filled. */
  endOfSeries(minutes: Minutes, uuids: readonly string[], afterMs: number, nowMs = Date.now()): GpuHistoryChange {
    const step = stepMs[minutes]
    const whole = Math.round((minutes * 60_000) / step)
    const oldestMs = this.lastStepAtMs(minutes, nowMs) - (whole - 1) * step
    const beginMs = Math.max(oldestMs, afterMs + step - Math.ceil(longestSpanMs / step) * step)
    return { isWhole: false, ...this.#steps(minutes, uuids, beginMs, nowMs) }
  }

  #steps(minutes: Minutes, uuids: readonly string[], beginMs: number, nowMs: number): History {
    const step = stepMs[minutes]
    const count = Math.round((this.lastStepAtMs(minutes, nowMs) - beginMs) / step) + 1
    return {
      stepMs: step,
      atMs: Array.from({ length: count }, (_, place) => beginMs + place * step),
      cards: uuids.map((uuid) => ({ uuid, ...this.#binned(uuid, beginMs, step, count) })),
    }
  }

  /** Writes what is not on disk yet. */
  close(): void {
    for (const [uuid, pending] of this.#pending) this.#store(uuid, pending)
  }

  #binned(uuid: string, beginMs: number, step: number, count: number) {
    const points = this.#pointsOf(uuid)
    const bins = Array.from({ length: count }, (): Point[] => [])
    const binAt = (atMs: number) => Math.floor((atMs - beginMs) / step)
    const firstPlace = points.findIndex(({ atMs }) => atMs >= beginMs)
    const inWindow = firstPlace === -1 ? [] : points.slice(firstPlace)
    for (const point of inWindow) bins[binAt(point.atMs)]?.push(point)
    // A reading speaks for the time since the one before: an ordinary delay is no gap.
    for (const point of inWindow) {
      for (let bin = binAt(point.atMs) - 1; bin >= Math.max(0, binAt(point.atMs - point.spanMs + 1)); bin--) {
        if (bins[bin]?.length === 0) bins[bin]?.push(point)
      }
    }
    const means = bins.map(meanOf)
    return Object.fromEntries(
      quantities.map((quantity) => [quantity, means.map((values) => values[quantity])]),
    ) as Omit<History['cards'][number], 'uuid'>
  }

  /** The clock of the day was set back: what lies in its future would be mixed with what is still to come. */
  #forgetAfter(uuid: string, atMs: number) {
    const points = this.#pointsOf(uuid)
    while ((points.at(-1)?.atMs ?? 0) > atMs) points.pop()
    this.#pending.delete(uuid)
    this.#prunedAtMs = Math.min(this.#prunedAtMs, atMs)
    try {
      this.database.prepare('DELETE FROM gpu_history WHERE uuid = ? AND at_ms > ?').run(uuid, atMs)
    } catch (error) {
      this.logger.error('GPU readings of a clock set back could not be dropped', error)
    }
  }

  #store(uuid: string, pending: Point[]) {
    const step = pending.splice(0)
    const [first, last] = [step[0], step.at(-1)]
    if (!first || !last) return
    try {
      this.#write(uuid, step, first, last)
    } catch (error) {
      // A full disk leaves a gap in the week; the last hour goes on in memory.
      this.logger.error('GPU readings could not be kept', error)
    }
  }

  #write(uuid: string, step: Point[], first: Point, last: Point) {
    const values = meanOf(step)
    this.database
      .prepare(`INSERT OR REPLACE INTO gpu_history (uuid, at_ms, span_ms, ${quantities.map((name) => columns[name]).join(', ')})
        VALUES (?, ?, ?, ${quantities.map(() => '?').join(', ')})`)
      .run(uuid, last.atMs, last.atMs - first.atMs + first.spanMs, ...quantities.map((name) => values[name]))
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
