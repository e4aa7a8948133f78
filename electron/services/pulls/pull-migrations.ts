import type { Migration } from '../../platform/database'

export const pullMigrations: readonly Migration[] = [
  {
    name: 'pull queue',
    sql: `
      CREATE TABLE pull (
        model TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        completed_bytes INTEGER NOT NULL,
        total_bytes INTEGER,
        failure_code TEXT,
        failure_detail TEXT,
        added_at_ms INTEGER NOT NULL,
        finished_at_ms INTEGER
      )`,
  },
  { name: 'pull-2', sql: `ALTER TABLE pull ADD COLUMN backend_id TEXT NOT NULL DEFAULT 'own'` },
]
