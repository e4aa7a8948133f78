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
        slot INTEGER NOT NULL,
        scheduled_at_ms REAL NOT NULL,
        request_at_ms REAL NOT NULL,
        end_at_ms REAL NOT NULL,
        outcome TEXT NOT NULL,
        detail TEXT,
        finish_reason TEXT,
        headers_ms REAL,
        ttft_ms REAL,
        ttfo_ms REAL,
        tpot_ms REAL,
        e2e_ms REAL,
        max_gap_ms REAL,
        events INTEGER NOT NULL,
        tokens_per_event REAL,
        output_tokens INTEGER NOT NULL,
        reasoning_tokens INTEGER,
        prompt_tokens INTEGER,
        cached_tokens INTEGER,
        token_source TEXT NOT NULL,
        server_load_ms REAL,
        server_prompt_ms REAL,
        server_answer_ms REAL,
        server_total_ms REAL,
        is_short INTEGER NOT NULL,
        is_in_window INTEGER NOT NULL,
        is_reload INTEGER NOT NULL,
        nonce TEXT NOT NULL,
        events_ms BLOB NOT NULL,
        PRIMARY KEY (run_id, number)
      );`,
  },
]
