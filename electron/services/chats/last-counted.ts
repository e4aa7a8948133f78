import type { ModelRef } from '../../../shared/backends/model-ref'
import type { AnswerFigures } from '../../../shared/contract/chats'
import type { Database } from '../../platform/database'
import type { RecordReader } from '../../platform/saved-form'
import { savedFigures, savedRequest } from './saved-chats'

/** An answer, with what it is asked of. */
export type CountedPlace = { chatId: string; questionId: string; answerId: string; model: ModelRef; system: string }
/** What the server counted of an earlier prompt, and how many questions there were before its own. */
export type CountedPrompt = { figures: AnswerFigures; turn: number }

type Row = { id: string; request: string; figures: string; turn: number }

/**
 * The last of the other answers up to this question whose prompt the same model counted, under the same system prompt:
 * its prompt is the beginning of this one's.
 */
export function lastCounted(
  database: Database,
  reader: RecordReader,
  { chatId, questionId, answerId, model, system }: CountedPlace,
): CountedPrompt | null {
  const rows = database
    .prepare(
      `SELECT answer.id, request, figures,
        (SELECT count(*) FROM question AS other WHERE other.chat_id = ?1 AND other.place < question.place) AS turn
      FROM answer JOIN question ON question.id = answer.question_id
      WHERE answer.chat_id = ?1 AND question.place <= (SELECT place FROM question WHERE id = ?2) AND answer.id <> ?3
        AND answer.backend_id = ?4 AND answer.model = ?5 ORDER BY question.place DESC, answer.place DESC LIMIT 50`,
    )
    .all(chatId, questionId, answerId, model.backendId, model.name) as Row[]
  for (const { id, request, figures, turn } of rows) {
    const read = reader.tryRead(`answer ${id}`, () => ({
      figures: savedFigures.read(figures),
      asked: savedRequest.read(request).parameters.system,
    }))
    const isCounted = read && (read.figures.promptTokens !== null || read.figures.promptCut)
    if (isCounted && read.asked === system) return { figures: read.figures, turn }
  }
  return null
}
