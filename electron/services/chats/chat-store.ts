import { randomUUID } from 'node:crypto'
import type { ModelRef } from '../../../shared/backends/model-ref'
import type {
  Answer,
  AnswerFigures,
  AnswerState,
  Chat,
  ChatParameters,
  ChatSummary,
  MessageText,
} from '../../../shared/contract/chats'
import type { FailureReport } from '../../../shared/contract/operation'
import { Failure } from '../../../shared/failure'
import { type Database, inTransaction } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { RecordReader } from '../../platform/saved-form'
import { noFigures } from './answer-figures'
import { type CountedPlace, type CountedPrompt, lastCounted } from './last-counted'
import { type AnswerRequest, savedFailure, savedFigures, savedParameters, savedRequest } from './saved-chats'
import { partedThoughts, type Said } from './saved-thoughts'
import { isUnderWay } from './under-way-rows'

/** What one reading brings at most, but for its last text. */
const longestTexts = 1_000_000

export type ChatRecord = { id: string; title: string; model: ModelRef; parameters: ChatParameters }

export type AnswerProgress = {
  state: AnswerState
  text: string
  thinking: string
  failure: FailureReport | null
  figures: AnswerFigures
}

/** Where a reading of the list ended. */
export type ListPlace = { updatedAtMs: number; row: number }

type ListRow = Omit<ChatSummary, 'model'> & ModelRef & { row: number }

export type PastTurn = { question: string; answer: string | null }

type AnswerRow = {
  id: string
  question_id: string
  at_ms: number
  state: AnswerState
  backend_id: string
  model: string
  request: string
  is_simulated: number
  failure: string | null
  figures: string
  text_length: number
  thinking_length: number
}

/** Chats in SQLite: rows in, rows out, and nothing else. */
export class ChatStore {
  readonly #reader: RecordReader

  constructor(
    private readonly database: Database,
    logger: Logger,
  ) {
    this.#reader = new RecordReader(logger)
  }

  /** The chats after this one in the order of the list, the latest first; null begins it. */
  list(after: ListPlace | null, count: number): { chats: ChatSummary[]; last: ListPlace | null } {
    const rows = this.database
      .prepare(
        `SELECT id, title, backend_id AS backendId, model AS name, updated_at_ms AS updatedAtMs, rowid AS row,
          (SELECT count(*) FROM question WHERE chat_id = chat.id) +
          (SELECT count(DISTINCT question_id) FROM answer WHERE chat_id = chat.id) AS messageCount
        FROM chat WHERE removed_at_ms IS NULL AND (updated_at_ms, rowid) < (?, ?)
        ORDER BY updated_at_ms DESC, rowid DESC LIMIT ?`,
      )
      .all(after?.updatedAtMs ?? Number.MAX_SAFE_INTEGER, after?.row ?? 0, count) as ListRow[]
    const end = rows.at(-1)
    return {
      chats: rows.map(({ row: _, backendId, name, ...chat }) => ({ ...chat, model: { backendId, name } })),
      last: end && rows.length === count ? { updatedAtMs: end.updatedAtMs, row: end.row } : null,
    }
  }

  create(model: ModelRef, parameters: ChatParameters, atMs: number): string {
    const id = randomUUID()
    this.database
      .prepare(
        `INSERT INTO chat (id, title, backend_id, model, parameters, created_at_ms, updated_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, '', model.backendId, model.name, savedParameters.text(parameters), atMs, atMs)
    return id
  }

  /** The chat itself. Failures: `chatNotFound` for one that is not there or was deleted, `recordNewer`, `recordBroken`. */
  read(id: string): ChatRecord {
    const row = this.database
      .prepare(
        'SELECT title, backend_id AS backendId, model AS name, parameters FROM chat WHERE id = ? AND removed_at_ms IS NULL',
      )
      .get(id) as (ModelRef & { title: string; parameters: string }) | undefined
    if (!row) throw new Failure('chatNotFound')
    const { title, backendId, name } = row
    return { id, title, model: { backendId, name }, parameters: savedParameters.read(row.parameters) }
  }

  write({ id, title, model, parameters }: ChatRecord): void {
    this.database
      .prepare('UPDATE chat SET title = ?, backend_id = ?, model = ?, parameters = ? WHERE id = ?')
      .run(title, model.backendId, model.name, savedParameters.text(parameters), id)
  }

  /** Marks a chat as deleted, or as not deleted with null. Fails with `chatNotFound`. */
  setRemoved(id: string, atMs: number | null): void {
    const { changes } = this.database.prepare('UPDATE chat SET removed_at_ms = ? WHERE id = ?').run(atMs, id)
    if (changes === 0) throw new Failure('chatNotFound')
  }

  /** Deletes for good what was marked before this moment. */
  purge(beforeMs: number): void {
    this.database.prepare('DELETE FROM chat WHERE removed_at_ms < ?').run(beforeMs)
  }

  /** The chat with its turns, or those of these questions, without their texts. */
  structure(id: string, questionIds: readonly string[] | null = null): Chat {
    const chat = this.read(id)
    const wanted = questionIds && JSON.stringify(questionIds)
    const answersOf = new Map<string, Answer[]>()
    for (const row of this.#answers(id, wanted)) {
      answersOf.set(row.question_id, [...(answersOf.get(row.question_id) ?? []), this.#answerFrom(row)])
    }
    const questions = this.database
      .prepare(
        `SELECT id, at_ms AS atMs, length(text) AS textLength FROM question
        WHERE chat_id = ?1 AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))) ORDER BY place`,
      )
      .all(id, wanted) as { id: string; atMs: number; textLength: number }[]
    return {
      ...chat,
      turns: questions.map((question) => ({
        question: { role: 'question', id: question.id, atMs: question.atMs, textLength: question.textLength },
        answers: answersOf.get(question.id) ?? [],
      })),
    }
  }

  #answers(chatId: string, questionIds: string | null): AnswerRow[] {
    return this.database
      .prepare(
        `SELECT id, question_id, at_ms, state, backend_id, model, request, is_simulated, failure, figures,
          length(text) AS text_length, length(thinking) AS thinking_length
        FROM answer WHERE chat_id = ?1 AND (?2 IS NULL OR question_id IN (SELECT value FROM json_each(?2)))
        ORDER BY question_id, place`,
      )
      .all(chatId, questionIds) as AnswerRow[]
  }

  /** In their order; of many long ones only the first. */
  texts(ids: readonly string[]): MessageText[] {
    const question = this.database.prepare('SELECT text FROM question WHERE id = ?')
    const answer = this.database.prepare('SELECT text, thinking FROM answer WHERE id = ?')
    const texts: MessageText[] = []
    let length = 0
    for (const id of ids) {
      const asked = question.get(id) as { text: string } | undefined
      const answered = asked ? undefined : (answer.get(id) as Said | undefined)
      const said = asked ? { text: asked.text, thinking: '' } : answered && partedThoughts(answered)
      if (!said) continue
      texts.push({ id, ...said })
      length += said.text.length + said.thinking.length
      if (length > longestTexts) break
    }
    return texts
  }

  /** What was said before this question, and the question itself last; of several answers the newest that says something. */
  past(chatId: string, questionId: string): PastTurn[] {
    const questions = this.database
      .prepare(
        `SELECT id, text FROM question
        WHERE chat_id = ? AND place <= (SELECT place FROM question WHERE id = ?) ORDER BY place`,
      )
      .all(chatId, questionId) as { id: string; text: string }[]
    const answers = this.database.prepare(
      `SELECT text, thinking FROM answer WHERE question_id = ? AND text <> '' ORDER BY place DESC`,
    )
    return questions.map(({ id, text }) => {
      const said = (answers.all(id) as Said[]).map((answer) => partedThoughts(answer).text)
      return { question: text, answer: said.find((answer) => answer !== '') ?? null }
    })
  }

  /** See `lastCounted`. */
  lastCounted(place: CountedPlace): CountedPrompt | null {
    return lastCounted(this.database, this.#reader, place)
  }

  addQuestion(chatId: string, text: string, atMs: number): string {
    const id = randomUUID()
    this.database
      .prepare(
        `INSERT INTO question (id, chat_id, place, at_ms, text)
        SELECT ?, ?, coalesce(max(place), 0) + 1, ?, ? FROM question WHERE chat_id = ?`,
      )
      .run(id, chatId, atMs, text, chatId)
    return id
  }

  /** The chat and the question that an answer belongs to. */
  questionOf(answerId: string): { chatId: string; questionId: string } {
    const row = this.database
      .prepare('SELECT chat_id AS chatId, question_id AS questionId FROM answer WHERE id = ?')
      .get(answerId) as { chatId: string; questionId: string } | undefined
    if (!row) throw new Failure('chatNotFound')
    return { chatId: row.chatId, questionId: row.questionId }
  }

  addAnswer(answer: {
    chatId: string
    questionId: string
    model: ModelRef
    request: AnswerRequest
    isSimulated: boolean
    atMs: number
  }): string {
    const id = randomUUID()
    this.database
      .prepare(
        `INSERT INTO answer
          (id, chat_id, question_id, place, at_ms, state, backend_id, model, request, is_simulated, figures, text, thinking)
        SELECT ?, ?, ?, coalesce(max(place), 0) + 1, ?, 'waiting', ?, ?, ?, ?, ?, '', ''
        FROM answer WHERE question_id = ?`,
      )
      .run(
        id,
        answer.chatId,
        answer.questionId,
        answer.atMs,
        answer.model.backendId,
        answer.model.name,
        savedRequest.text(answer.request),
        answer.isSimulated ? 1 : 0,
        savedFigures.text(noFigures),
        answer.questionId,
      )
    this.database.prepare('UPDATE chat SET updated_at_ms = ? WHERE id = ?').run(answer.atMs, answer.chatId)
    return id
  }

  writeAnswer(id: string, { state, text, thinking, failure, figures }: AnswerProgress): void {
    this.database
      .prepare('UPDATE answer SET state = ?, text = ?, thinking = ?, failure = ?, figures = ? WHERE id = ?')
      .run(state, text, thinking, failure && savedFailure.text(failure), savedFigures.text(figures), id)
  }

  /** Answers that an earlier host left in the middle: kept, and marked. */
  markCutShort(failure: FailureReport): void {
    this.database
      .prepare(`UPDATE answer SET state = 'cut-short', failure = ? WHERE ${isUnderWay}`)
      .run(savedFailure.text(failure))
  }

  /** An answer whose record cannot be read keeps its text, and says so in place of its figures. */
  #answerFrom(row: AnswerRow): Answer {
    const record = this.#reader.tryRead(`answer ${row.id}`, () => ({
      failure: row.failure === null ? null : asFarAsKept(savedFailure.read(row.failure), row.text_length),
      seed: savedRequest.read(row.request).seed,
      figures: savedFigures.read(row.figures),
    }))
    return {
      role: 'answer',
      id: row.id,
      atMs: row.at_ms,
      textLength: row.text_length,
      thinkingLength: row.thinking_length,
      state: row.state,
      model: { backendId: row.backend_id, name: row.model },
      isSimulated: row.is_simulated === 1,
      ...(record ?? { failure: { code: 'recordBroken' }, seed: null, figures: noFigures }),
    }
  }

  /** All of it or nothing. */
  atomically<Result>(change: () => Result): Result {
    return inTransaction(this.database, change)
  }
}

/** Text is said to be kept only where there is some. */
const asFarAsKept = (failure: FailureReport, textLength: number): FailureReport =>
  failure.code === 'hostEndedDuringAnswer' && textLength === 0 ? { ...failure, code: 'hostEndedBeforeAnswer' } : failure
