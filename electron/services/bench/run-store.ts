import { type BenchRun, type BenchRunSummary, BenchRunSummary as Summary } from '../../../shared/contract/bench'
import { Failure } from '../../../shared/failure'
import type { BenchRequest, BenchStage } from '../../../shared/measure/result'
import type { SeenRequest } from '../../../shared/measure/stage'
import { type Database, inTransaction } from '../../platform/database'
import { isDiskFull } from '../../platform/disk-full'
import type { Logger } from '../../platform/logger'
import { RecordReader } from '../../platform/saved-form'
import { type RunRecord, savedRequest, savedRun, savedStage, savedSummary } from './saved-runs'

/** The requests that follow a number, so many of them. */
export type RequestPart = { after: number; count: number }

/** Benchmark runs in the database: written as they grow, so that a kill loses a moment and not a run. */
export class RunStore {
  /** Ends for which the disk had no room: known while this host runs, and written as soon as there is. */
  readonly #unsaved = new Map<string, RunRecord>()

  readonly #reader: RecordReader

  constructor(
    private readonly database: Database,
    logger: Logger,
  ) {
    this.#reader = new RecordReader(logger)
  }

  /** The newest first, without those whose record cannot be read. */
  list(): BenchRunSummary[] {
    this.#saveUnsaved()
    const rows = this.database
      .prepare('SELECT id, summary FROM bench_run WHERE removed_at_ms IS NULL ORDER BY started_at_ms DESC, rowid DESC')
      .all() as { id: string; summary: string }[]
    return rows.flatMap(({ id, summary }) => {
      const unsaved = this.#unsaved.get(id)
      const read = unsaved
        ? Summary.parse(unsaved)
        : this.#reader.tryRead(`summary of run ${id}`, () => savedSummary.read(summary))
      return read ? [read] : []
    })
  }

  /** The end of a run is not lost to a full disk. */
  saveEnd(record: RunRecord): void {
    try {
      this.save(record)
    } catch (error) {
      if (!isDiskFull(error)) throw error
      this.#unsaved.set(record.id, record)
    }
  }

  #saveUnsaved() {
    for (const record of this.#unsaved.values()) {
      try {
        this.save(record)
        this.#unsaved.delete(record.id)
      } catch {
        // The next look tries again.
      }
    }
  }

  save(record: RunRecord): void {
    this.database
      .prepare(
        `INSERT INTO bench_run (id, state, backend_id, model, started_at_ms, summary, record) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, summary = excluded.summary, record = excluded.record`,
      )
      .run(
        record.id,
        record.state,
        record.plan.model.backendId,
        record.plan.model.name,
        record.startedAtMs,
        savedSummary.text(Summary.parse(record)),
        savedRun.text(record),
      )
  }

  saveStage(runId: string, stage: BenchStage, inWindow: ReadonlySet<number>): void {
    this.database
      .prepare('INSERT OR REPLACE INTO bench_stage (run_id, position, record) VALUES (?, ?, ?)')
      .run(runId, stage.position, savedStage.text({ ...stage, inWindow: [...inWindow] }))
  }

  saveRequests(runId: string, requests: readonly SeenRequest[]): void {
    if (requests.length === 0) return
    const insert = this.database.prepare(
      'INSERT INTO bench_request (run_id, number, stage, phase, record, events_ms) VALUES (?, ?, ?, ?, ?, ?)',
    )
    inTransaction(this.database, () => {
      for (const { eventsMs, ...request } of requests) {
        const times = Buffer.from(Float32Array.from(eventsMs).buffer)
        const record = JSON.stringify(savedRequest.record(request), microseconds)
        insert.run(runId, request.number, request.stage, request.phase, record, times)
      }
    })
  }

  /** The run with its steps. Failures: `runNotFound`, `recordNewer`, `recordBroken`. */
  read(id: string): BenchRun {
    return { ...this.record(id), stages: this.#stages(id).map(({ inWindow: _, ...stage }) => stage) }
  }

  #stages(id: string) {
    const rows = this.#rows('SELECT record AS text FROM bench_stage WHERE run_id = ? ORDER BY position', id)
    return rows.map(({ text }) => savedStage.read(text))
  }

  record(id: string): RunRecord {
    this.#saveUnsaved()
    const unsaved = this.#unsaved.get(id)
    if (unsaved) return unsaved
    const row = this.#rows('SELECT record AS text FROM bench_run WHERE id = ?', id)[0]
    if (!row) throw new Failure('runNotFound', id)
    return savedRun.read(row.text)
  }

  /** In one text: ten thousand rows handed over one by one would take longer than reading them. */
  requests(id: string, { after = 0, count = -1 }: Partial<RequestPart> = {}): BenchRequest[] {
    this.record(id)
    const [row] = this.#rows(
      `SELECT '[' || coalesce(group_concat(record, ','), '') || ']' AS text
       FROM (SELECT record FROM bench_request WHERE run_id = ? AND number > ? ORDER BY number LIMIT ?)`,
      id,
      after,
      count,
    )
    const records = row ? (JSON.parse(row.text) as unknown[]) : []
    const inWindow = new Set(this.#stages(id).flatMap((stage) => stage.inWindow))
    return records.map((record) => {
      const request = savedRequest.upgrade(record)
      return { ...request, isInWindow: request.isInWindow || inWindow.has(request.number) }
    })
  }

  /** The requests with the times of their events. */
  seenRequests(id: string): SeenRequest[] {
    const times = this.database
      .prepare('SELECT events_ms FROM bench_request WHERE run_id = ? ORDER BY number')
      .raw()
      .all(id) as [Uint8Array | ArrayBuffer][]
    return this.requests(id).map((request, index) => ({ ...request, eventsMs: toTimes(times[index]?.[0]) }))
  }

  /** Takes a run out of sight, or brings it back; it is gone for good with the next start. */
  setRemoved(id: string, isRemoved: boolean): void {
    const atMs = isRemoved ? Date.now() : null
    const { changes } = this.database.prepare('UPDATE bench_run SET removed_at_ms = ? WHERE id = ?').run(atMs, id)
    if (changes === 0) throw new Failure('runNotFound', id)
  }

  purgeRemoved(): void {
    this.database.prepare('DELETE FROM bench_run WHERE removed_at_ms IS NOT NULL').run()
  }

  /** Brings to an end what an earlier host had under way when it ended; a run that cannot be read stays as it is. */
  endUnfinished(end: (record: RunRecord) => void): void {
    const rows = this.database.prepare(`SELECT id FROM bench_run WHERE state = 'running'`).all() as { id: string }[]
    for (const { id } of rows) this.#reader.tryRead(`run ${id}`, () => end(this.record(id)))
  }

  #rows(sql: string, ...values: unknown[]) {
    return this.database.prepare(sql).all(...values) as { text: string }[]
  }
}

const microseconds = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value

function toTimes(blob: Uint8Array | ArrayBuffer | undefined): Float32Array {
  return new Float32Array(Uint8Array.from(new Uint8Array(blob ?? new ArrayBuffer(0))).buffer)
}
