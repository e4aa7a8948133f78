import type { Pull } from '../../../shared/contract/pulls'
import type { FailureCode } from '../../../shared/failure'
import type { Database } from '../../platform/database'

type Row = {
  model: string
  state: Pull['state']
  completed_bytes: number
  total_bytes: number | null
  failure_code: FailureCode | null
  failure_detail: string | null
  added_at_ms: number
  finished_at_ms: number | null
}

/** The queue on disk: what was under way when a host died is still there, and can go on. */
export class PullStore {
  constructor(private readonly database: Database) {}

  list(): Pull[] {
    const rows = this.database.prepare('SELECT * FROM pull ORDER BY added_at_ms').all() as Row[]
    return rows.map((row) => ({
      model: row.model,
      state: row.state,
      completedBytes: row.completed_bytes,
      totalBytes: row.total_bytes,
      isTotalFinal: false,
      bytesPerSecond: null,
      remainingMs: null,
      failure: row.failure_code
        ? { code: row.failure_code, ...(row.failure_detail === null ? {} : { detail: row.failure_detail }) }
        : null,
      addedAtMs: row.added_at_ms,
      finishedAtMs: row.finished_at_ms,
    }))
  }

  write(pull: Pull): void {
    this.database
      .prepare(
        `INSERT OR REPLACE INTO pull (model, state, completed_bytes, total_bytes, failure_code, failure_detail, added_at_ms, finished_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        pull.model,
        pull.state,
        pull.completedBytes,
        pull.totalBytes,
        pull.failure?.code ?? null,
        pull.failure?.detail ?? null,
        pull.addedAtMs,
        pull.finishedAtMs,
      )
  }

  remove(model: string): void {
    this.database.prepare('DELETE FROM pull WHERE model = ?').run(model)
  }
}
