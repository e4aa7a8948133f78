import { type Database, inTransaction } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { Slices } from '../../platform/slices'
import { indexQuery, piecesOf, shortGrams } from './index-terms'
import { storable } from './storable'
import { isUnderWay } from './under-way-rows'

const piecesAtOnce = 500

/** In SQL: the text of a row of chat_to_index. */
const waitingText = `CASE kind
  WHEN 'title' THEN (SELECT title FROM chat WHERE id = source_id)
  WHEN 'question' THEN (SELECT text FROM question WHERE id = source_id)
  ELSE (SELECT text FROM answer WHERE id = source_id) END`

/** A title, a question or an ended answer whose words are not in the index yet. */
type Waiting = { id: number; sourceId: string; chatId: string; text: string | null }

/** The index by which chats are searched, kept up beside everything else and in slices: neither may hold up the host. */
export class ChatIndex {
  #catchingUp: Promise<void> | null = null
  readonly #closing = new AbortController()

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /** Takes in what was written since; a second call while it does so waits for the same end. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#takeInAll()
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) this.logger.error('the index of the chats could not be kept up', error)
      })
      .finally(() => {
        this.#catchingUp = null
      })
    return this.#catchingUp
  }

  /** The chats that hold these words in title, question or answer; of an answer under way as far as it is kept. */
  async find(words: string, signal: AbortSignal | undefined): Promise<Set<string>> {
    await this.catchUp()
    const { table, query } = indexQuery(words)
    const slices = new Slices(signal)
    const found = new Set(this.#underWay(words))
    for await (const id of this.#stillWaiting(words, slices)) found.add(id)
    const last = this.database.prepare('SELECT coalesce(max(id), 0) AS id FROM chat_piece').get() as { id: number }
    const search = this.database.prepare(
      `SELECT chat_piece.chat_id AS id FROM ${table} JOIN chat_piece ON chat_piece.id = ${table}.rowid
      WHERE ${table} MATCH ? AND ${table}.rowid BETWEEN ? AND ?`,
    )
    for (let from = 1; from <= last.id; from += piecesAtOnce) {
      const rows = search.all(query, from, from + piecesAtOnce - 1) as { id: string }[]
      for (const { id } of rows) found.add(id)
      await slices.pause()
    }
    return found
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#catchingUp
  }

  #underWay(words: string): string[] {
    const rows = this.database
      .prepare(
        `SELECT chat_id AS id FROM answer
        WHERE ${isUnderWay} AND text LIKE ? ESCAPE '\\'`,
      )
      .all(patternOf(words))
    return (rows as { id: string }[]).map(({ id }) => id)
  }

  /** The index is behind where it cannot be written, as on a full disk: what waits for it is read one by one. */
  async *#stillWaiting(words: string, slices: Slices): AsyncGenerator<string, void, void> {
    const pattern = patternOf(words)
    const next = this.database.prepare(
      `SELECT id, chat_id AS chatId, ${waitingText} LIKE ? ESCAPE '\\' AS isFound
      FROM chat_to_index WHERE id > ? ORDER BY id LIMIT 1`,
    )
    const after = (id: number) => next.get(pattern, id) as { id: number; chatId: string; isFound: 0 | 1 } | undefined
    for (let one = after(0); one; one = after(one.id)) {
      if (one.isFound) yield one.chatId
      await slices.pause()
    }
  }

  /** A slice is one transaction. One that is lost by a kill is made again: its sources are still waiting. */
  async #takeInAll(): Promise<void> {
    const slices = new Slices(this.#closing.signal)
    const steps = this.#takingIn()
    for (let isDone = false; !isDone; await slices.pause()) {
      inTransaction(this.database, () => {
        do isDone = steps.next().done === true
        while (!isDone && !slices.isOver)
      })
    }
  }

  /** A step is one piece of a text. */
  *#takingIn(): Generator<void> {
    const next = this.database.prepare(
      `SELECT id, source_id AS sourceId, chat_id AS chatId, ${waitingText} AS text
      FROM chat_to_index ORDER BY id LIMIT 1`,
    )
    for (let one = next.get() as Waiting | undefined; one; one = next.get() as Waiting | undefined) {
      this.database.prepare('DELETE FROM chat_piece WHERE source_id = ?').run(one.sourceId)
      for (const piece of piecesOf(one.text ?? '')) {
        // Between two slices it may have been written anew, or its chat deleted.
        if (!this.database.prepare('SELECT id FROM chat_to_index WHERE id = ?').get(one.id)) break
        this.#insert(one, piece)
        yield
      }
      this.database.prepare('DELETE FROM chat_to_index WHERE id = ?').run(one.id)
    }
  }

  #insert({ chatId, sourceId }: Waiting, piece: string) {
    const { lastInsertRowid: id } = this.database
      .prepare('INSERT INTO chat_piece (chat_id, source_id) VALUES (?, ?)')
      .run(chatId, sourceId)
    this.database.prepare('INSERT INTO chat_trigrams (rowid, text) VALUES (?, ?)').run(id, piece)
    this.database.prepare('INSERT INTO chat_short (rowid, grams) VALUES (?, ?)').run(id, shortGrams(piece))
  }
}

/** For LIKE, with a backslash as its escape. A NUL would end the text for SQLite. */
const patternOf = (words: string) => `%${storable(words).replace(/[\\%_]/g, '\\$&')}%`
