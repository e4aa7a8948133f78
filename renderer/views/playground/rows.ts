import { isUnderWay } from '../../../shared/chat/under-way'
import type { Answer, Chat, MessageText, Turn } from '../../../shared/contract/chats'
import { type Block, BlockSplitter } from '../../components/markdown/split-blocks'

/** One line of the conversation's list: small enough that only those in sight need to be drawn. */
export type Row =
  | { kind: 'question'; key: string; question: Turn['question']; text: string | null }
  | { kind: 'thinking'; key: string; text: string; isLive: boolean }
  | { kind: 'block'; key: string; block: Block; isLive: boolean }
  | { kind: 'pending'; key: string; textLength: number }
  | { kind: 'end'; key: string; answer: Answer; turn: Turn; text: string }

/** The answer under way in a chat, if there is one. */
export const answerUnderWay = (chat: Chat): Answer | null =>
  chat.turns.flatMap(({ answers }) => answers).find(isUnderWay) ?? null

/** What is known of a growing answer: its finished blocks' rows are built once. */
type Growing = { splitter: BlockSplitter; text: string; rows: Row[] }

/** Cuts the answers of one chat into rows, and goes on cutting where they grow. */
export class ConversationRows {
  readonly #growing = new Map<string, Growing>()
  readonly #finished = new WeakMap<Turn, { shownId: string | undefined; length: number; rows: Row[] }>()

  /** `shown` names the answer to show of a question that has several; the newest otherwise. */
  of(chat: Chat, texts: ReadonlyMap<string, MessageText>, shown: ReadonlyMap<string, string>): Row[] {
    return chat.turns.flatMap((turn) => this.#turn(turn, texts, shown.get(turn.question.id)))
  }

  #turn(turn: Turn, texts: ReadonlyMap<string, MessageText>, shownId: string | undefined): Row[] {
    const { question } = turn
    const answer = turn.answers.find(({ id }) => id === shownId) ?? turn.answers.at(-1)
    const asked = texts.get(question.id)
    const said = answer && texts.get(answer.id)
    // An answer may have ended before its last words are here.
    const length = said ? said.text.length + said.thinking.length * 2 : 0
    const known = this.#finished.get(turn)
    if (known && known.shownId === shownId && known.length === length) return known.rows
    const rows: Row[] = [{ kind: 'question', key: question.id, question, text: asked?.text ?? null }]
    if (answer) rows.push(...this.#answer(answer, turn, said))
    if (asked && (!answer || (said && !isUnderWay(answer)))) this.#finished.set(turn, { shownId, length, rows })
    return rows
  }

  #answer(answer: Answer, turn: Turn, said: MessageText | undefined): Row[] {
    const { id } = answer
    const isLive = isUnderWay(answer)
    const end: Row = { kind: 'end', key: `${id} end`, answer, turn, text: isLive ? '' : (said?.text ?? '') }
    if (!said) return [{ kind: 'pending', key: `${id} text`, textLength: answer.textLength }, end]
    const blocks = this.#blocks(id, said.text, isLive)
    if (said.thinking === '') return [...blocks, end]
    const isThinking = isLive && said.text === ''
    return [{ kind: 'thinking', key: `${id} thinking`, text: said.thinking, isLive: isThinking }, ...blocks, end]
  }

  #blocks(id: string, text: string, isLive: boolean): Row[] {
    let known = this.#growing.get(id)
    // What it had said may turn out to be thought: then it says something else.
    if (!known || !text.startsWith(known.text)) {
      known = { splitter: new BlockSplitter(), text: '', rows: [] }
      this.#growing.set(id, known)
    }
    const { splitter, rows } = known
    splitter.append(text.slice(known.text.length))
    known.text = text
    const row = (block: Block, place: number, isLast: boolean): Row => ({
      kind: 'block',
      key: `${id} ${place}`,
      block,
      isLive: isLast,
    })
    for (const block of splitter.finished.slice(rows.length)) rows.push(row(block, rows.length, false))
    const live = splitter.live()
    return live ? [...rows, row(live, rows.length, isLive)] : [...rows]
  }
}

const heights = new WeakMap<Row, number>()

/** About how high a row will be, in pixels, before it is measured. */
export function estimatedHeight(row: Row): number {
  const known = heights.get(row)
  if (known !== undefined) return known
  const height = estimate(row)
  heights.set(row, height)
  return height
}

const charactersInLine = 96

function estimate(row: Row): number {
  switch (row.kind) {
    case 'question':
      return 56 + lines(row.text ?? '') * 20
    case 'thinking':
      return 36
    case 'end':
      return 62
    case 'pending':
      return 20 + Math.ceil(row.textLength / charactersInLine) * 24
    case 'block': {
      const { block } = row
      if (block.kind === 'code') return 62 + block.code.split('\n').length * 18
      return 10 + lines(block.source) * 22
    }
  }
}

const lines = (text: string) =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersInLine)), 0)
