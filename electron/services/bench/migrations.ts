import type { Migration } from '../../platform/database'

export const benchMigrations: readonly Migration[] = [
  {
    name: 'bench-1',
    sql: `
      CREATE TABLE bench_run (
        id TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        model TEXT NOT NULL,
        started_at_ms INTEGER NOT NULL,
        removed_at_ms INTEGER,
        summary TEXT NOT NULL,
        record TEXT NOT NULL
      );
      CREATE INDEX bench_run_by_time ON bench_run (started_at_ms);
      CREATE TABLE bench_stage (
        run_id TEXT NOT NULL REFERENCES bench_run (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (run_id, position)
      );
      CREATE TABLE bench_request (
        run_id TEXT NOT NULL REFERENCES bench_run (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        stage INTEGER NOT NULL,
        phase TEXT NOT NULL,
        record TEXT NOT NULL,
        events_ms BLOB NOT NULL,
        PRIMARY KEY (run_id, number)
      );`,
  },
  { name: 'bench-2', sql: `ALTER TABLE bench_run ADD COLUMN backend_id TEXT NOT NULL DEFAULT 'own'` },
]
