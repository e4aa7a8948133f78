import type { Migration } from '../../platform/database'

const isOver = (row: string) => `${row}.state NOT IN ('waiting', 'loading', 'streaming')`

/**
 * The index that chats are searched by. `chat_to_index` lists titles, questions and ended answers whose words are not in it
 * yet: filled by triggers, so that no way of writing a text can forget it, and emptied by ChatIndex.
 */
export const searchMigration: Migration = {
  name: 'chat-search',
  sql: `
    CREATE TABLE chat_to_index (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      source_id TEXT NOT NULL UNIQUE,
      chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
      kind TEXT NOT NULL
    );
    CREATE INDEX chat_to_index_by_chat ON chat_to_index (chat_id);
    CREATE TABLE chat_piece (
      id INTEGER PRIMARY KEY,
      chat_id TEXT NOT NULL REFERENCES chat (id) ON DELETE CASCADE,
      source_id TEXT NOT NULL
    );
    CREATE INDEX chat_piece_by_chat ON chat_piece (chat_id);
    CREATE INDEX chat_piece_by_source ON chat_piece (source_id);
    CREATE VIRTUAL TABLE chat_trigrams USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
    CREATE VIRTUAL TABLE chat_short USING fts5 (grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
    CREATE TRIGGER chat_piece_gone AFTER DELETE ON chat_piece BEGIN
      DELETE FROM chat_trigrams WHERE rowid = OLD.id;
      DELETE FROM chat_short WHERE rowid = OLD.id;
    END;
    CREATE TRIGGER chat_titled AFTER UPDATE OF title ON chat WHEN NEW.title <> OLD.title BEGIN
      INSERT OR REPLACE INTO chat_to_index (source_id, chat_id, kind) VALUES (NEW.id, NEW.id, 'title');
    END;
    CREATE TRIGGER question_asked AFTER INSERT ON question BEGIN
      INSERT OR REPLACE INTO chat_to_index (source_id, chat_id, kind) VALUES (NEW.id, NEW.chat_id, 'question');
    END;
    CREATE TRIGGER answer_ended AFTER UPDATE OF text, state ON answer WHEN ${isOver('NEW')} BEGIN
      INSERT OR REPLACE INTO chat_to_index (source_id, chat_id, kind) VALUES (NEW.id, NEW.chat_id, 'answer');
    END;
    INSERT INTO chat_to_index (source_id, chat_id, kind) SELECT id, id, 'title' FROM chat WHERE title <> '';
    INSERT INTO chat_to_index (source_id, chat_id, kind) SELECT id, chat_id, 'question' FROM question;
    INSERT INTO chat_to_index (source_id, chat_id, kind) SELECT id, chat_id, 'answer' FROM answer WHERE ${isOver('answer')};
  `,
}
