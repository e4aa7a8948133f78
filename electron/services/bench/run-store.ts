import { type BenchRun, type BenchRunSummary, BenchRunSummary as Summary } from '../../../shared/contract/bench'
import { Failure } from '../../../shared/failure'
import type { BenchRequest, BenchStage } from '../../../shared/measure/result'
import type { SeenRequest } from '../../../shared/measure/stage'
import { type Database, inTransaction } from '../../platform/database'
import { isDiskFull } from '../../platform/disk-full'

/** A run without its steps, as its row keeps it. */
export type RunRecord = Omit<BenchRun, 'stages'>

/** The requests that follow a number, so many of them. */
export type RequestPart = { after: number; count: number }

/** Benchmark runs in the database: written as they grow, so that a kill loses a moment and not a run. */
export class RunStore {
  /** Ends for which the disk had no room: known while this host runs, and written as soon as there is. */
  readonly #unsaved = new Map<string, RunRecord>()

  constructor(private readonly database: Database) {}

  list(): BenchRunSummary[] {
    this.#saveUnsaved()
    return this.#rows(
      'SELECT summary AS text FROM bench_run WHERE removed_at_ms IS NULL ORDER BY started_at_ms DESC, rowid DESC',
    )
      .map(parseText<BenchRunSummary>)
      .map((summary) => {
        const unsaved = this.#unsaved.get(summary.id)
        return unsaved ? Summary.parse(unsaved) : summary
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
        `INSERT INTO bench_run (id, state, model, started_at_ms, summary, record) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, summary = excluded.summary, record = excluded.record`,
      )
      .run(
        record.id,
        record.state,
        record.plan.model,
        record.startedAtMs,
        JSON.stringify(Summary.parse(record)),
        JSON.stringify(record),
      )
  }

  saveStage(runId: string, stage: BenchStage, inWindow: ReadonlySet<number>): void {
    inTransaction(this.database, () => {
      this.database
        .prepare('INSERT OR REPLACE INTO bench_stage (run_id, position, record) VALUES (?, ?, ?)')
        .run(runId, stage.position, JSON.stringify(stage))
      const mark = this.database.prepare(
        `UPDATE bench_request SET record = json_set(record, '$.isInWindow', json('true')) WHERE run_id = ? AND number = ?`,
      )
      for (const number of inWindow) mark.run(runId, number)
    })
  }

  saveRequests(runId: string, requests: readonly SeenRequest[]): void {
    if (requests.length === 0) return
    const insert = this.database.prepare(
      'INSERT INTO bench_request (run_id, number, stage, phase, record, events_ms) VALUES (?, ?, ?, ?, ?, ?)',
    )
    inTransaction(this.database, () => {
      for (const { eventsMs, ...request } of requests) {
        const times = Buffer.from(Float32Array.from(eventsMs).buffer)
        const record = JSON.stringify(request, microseconds)
        insert.run(runId, request.number, request.stage, request.phase, record, times)
      }
    })
  }

  /** The run with its steps; a failure when there is none by this id. */
  read(id: string): BenchRun {
    const record = this.record(id)
    const stages = this.#rows('SELECT record AS text FROM bench_stage WHERE run_id = ? ORDER BY position', id)
    return { ...record, stages: stages.map(parseText<BenchStage>) }
  }

  record(id: string): RunRecord {
    this.#saveUnsaved()
    const unsaved = this.#unsaved.get(id)
    if (unsaved) return unsaved
    const row = this.#rows('SELECT record AS text FROM bench_run WHERE id = ?', id)[0]
    if (!row) throw new Failure('runNotFound', id)
    // Runs of earlier versions do not know their machine.
    return { ...parseText<RunRecord>(row), machine: parseText<Partial<RunRecord>>(row).machine ?? null }
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
    return row ? parseText<BenchRequest[]>(row) : []
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

  /** Runs that an earlier host had under way when it ended. */
  unfinished(): RunRecord[] {
    return this.#rows(`SELECT record AS text FROM bench_run WHERE state = 'running'`).map(parseText<RunRecord>)
  }

  #rows(sql: string, ...values: unknown[]) {
    return this.database.prepare(sql).all(...values) as { text: string }[]
  }
}

function parseText<T>(row: { text: string }): T {
  return JSON.parse(row.text) as T
}

const microseconds = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value

function toTimes(blob: Uint8Array | ArrayBuffer | undefined): Float32Array {
  return new Float32Array(Uint8Array.from(new Uint8Array(blob ?? new ArrayBuffer(0))).buffer)
}
