import type { Migration } from '../../platform/database'

export const gpuMigrations: readonly Migration[] = [
  {
    name: 'gpu history',
    sql: `
      CREATE TABLE gpu_history (
        uuid TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        utilization_percent REAL,
        memory_used_bytes INTEGER,
        power_watts REAL,
        temperature_celsius REAL,
        core_clock_megahertz REAL,
        fan_percent REAL,
        PRIMARY KEY (uuid, at_ms)
      ) WITHOUT ROWID`,
  },
  {
    name: 'gpu history says what held a card back',
    sql: `
      ALTER TABLE gpu_history ADD COLUMN span_ms INTEGER NOT NULL DEFAULT 10000;
      ALTER TABLE gpu_history ADD COLUMN power_capped_share REAL;
      ALTER TABLE gpu_history ADD COLUMN slowed_share REAL;`,
  },
]
