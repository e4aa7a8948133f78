import type { Migration } from '../../platform/database'
import { searchMigration } from './search-migration'

export const chatMigrations: Migration[] = [
  {
    name: 'chats',
    sql: `
      CREATE TABLE chat (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        model TEXT NOT NULL,
        parameters TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        updated_at_ms INTEGER NOT NULL,
        removed_at_ms INTEGER
      );
      CREATE INDEX chat_by_update ON chat (updated_at_ms);
      CREATE TABLE question (
        id TEXT PRIMARY KEY,
        chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        text TEXT NOT NULL
      );
      CREATE UNIQUE INDEX question_by_place ON question (chat_id, place);
      CREATE TABLE answer (
        id TEXT PRIMARY KEY,
        chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
        question_id TEXT NOT NULL REFERENCES question (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        state TEXT NOT NULL,
        model TEXT NOT NULL,
        request TEXT NOT NULL,
        is_simulated INTEGER NOT NULL,
        failure TEXT,
        figures TEXT NOT NULL,
        text TEXT NOT NULL,
        thinking TEXT NOT NULL
      );
      CREATE INDEX answer_by_chat ON answer (chat_id);
      CREATE UNIQUE INDEX answer_by_place ON answer (question_id, place);
      CREATE INDEX answer_under_way ON answer (state) WHERE state IN ('waiting', 'loading', 'streaming');
    `,
  },
  searchMigration,
  {
    name: 'chat-2',
    sql: `
      ALTER TABLE chat ADD COLUMN backend_id TEXT NOT NULL DEFAULT 'own';
      ALTER TABLE answer ADD COLUMN backend_id TEXT NOT NULL DEFAULT 'own';`,
  },
]
