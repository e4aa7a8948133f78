import { z } from 'zod'
import type { ModelRef } from '../../../shared/backends/model-ref'
import { FailureReport } from '../../../shared/contract/operation'
import { Pull } from '../../../shared/contract/pulls'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { RecordReader, SavedForm } from '../../platform/saved-form'

const Row = z.object({
  backend_id: z.string(),
  model: z.string(),
  state: Pull.shape.state,
  completed_bytes: z.number(),
  total_bytes: z.number().nullable(),
  failure_code: FailureReport.shape.code.nullable(),
  failure_detail: z.string().nullable(),
  added_at_ms: z.number(),
  finished_at_ms: z.number().nullable(),
})
const savedPull = new SavedForm('pull', Row)

/** The queue on disk: what was under way when a host died is still there, and can go on. */
export class PullStore {
  readonly #reader: RecordReader

  constructor(
    private readonly database: Database,
    logger: Logger,
  ) {
    this.#reader = new RecordReader(logger)
  }

  /** In the order they were added, without those that cannot be read. */
  list(): Pull[] {
    const rows = this.database.prepare('SELECT * FROM pull ORDER BY added_at_ms').all() as { model: unknown }[]
    return rows.flatMap(
      (row) => this.#reader.tryRead(`pull ${row.model}`, () => [pullFrom(savedPull.upgrade(row))]) ?? [],
    )
  }

  write(pull: Pull): void {
    this.database
      .prepare(
        `INSERT OR REPLACE INTO pull (backend_id, model, state, completed_bytes, total_bytes, failure_code, failure_detail, added_at_ms, finished_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        pull.model.backendId,
        pull.model.name,
        pull.state,
        pull.completedBytes,
        pull.totalBytes,
        pull.failure?.code ?? null,
        pull.failure?.detail ?? null,
        pull.addedAtMs,
        pull.finishedAtMs,
      )
  }

  remove({ backendId, name }: ModelRef): void {
    this.database.prepare('DELETE FROM pull WHERE backend_id = ? AND model = ?').run(backendId, name)
  }
}

function pullFrom(row: z.infer<typeof Row>): Pull {
  return {
    model: { backendId: row.backend_id, name: row.model },
    state: row.state,
    completedBytes: row.completed_bytes,
    totalBytes: row.total_bytes,
    isTotalFinal: false,
    bytesPerSecond: null,
    remainingMs: null,
    failure: row.failure_code
      ? { code: row.failure_code, ...(row.failure_detail === null ? {} : { detail: row.failure_detail }) }
      : null,
    keptBytes: null, // the disk is asked, not the last host
    trouble: null,
    addedAtMs: row.added_at_ms,
    finishedAtMs: row.finished_at_ms,
  }
}
