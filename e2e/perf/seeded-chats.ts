import { join } from 'node:path'
import { openDatabase } from '../../electron/platform/database'
import { noFigures } from '../../electron/services/chats/answer-figures'
import { chatMigrations } from '../../electron/services/chats/chat-migrations'
import { ChatStore } from '../../electron/services/chats/chat-store'
import { ownModel } from '../../shared/backends/own'
import { usualParameters } from '../../shared/chat/usual-parameters'

const silent = { info() {}, warn() {}, error() {} }

type Wishes = { model: string; messageCount: number; lineCount: number }

/** Writes a chat into the data folder of a Corral that does not run; half of its messages are answers of so many lines. */
export function seedChat(dataFolder: string, wishes: Wishes): string {
  return withChats(dataFolder, (store) => writeChat(store, 'A long chat', wishes))
}

/** Writes a chat of one question with this answer. */
export function seedAnswer(dataFolder: string, name: string, text: string): string {
  return withChats(dataFolder, (store) => {
    const [atMs, parameters, model] = [Date.now(), usualParameters, ownModel(name)]
    const id = store.create(model, parameters, atMs)
    store.write({ id, title: 'An answer', model, parameters })
    writeTurn(store, id, 'A question', text)
    return id
  })
}

/** Writes many short chats. */
export function seedChats(dataFolder: string, chatCount: number, model: string): void {
  withChats(dataFolder, (store) => {
    for (let index = 0; index < chatCount; index++) {
      writeChat(store, `Chat ${index}`, { model, messageCount: 2, lineCount: 3 })
    }
  })
}

function withChats<Result>(dataFolder: string, use: (store: ChatStore) => Result): Result {
  // The same steps as the host's: it finds the tables of the others missing and adds them.
  const database = openDatabase(join(dataFolder, 'corral.db'), chatMigrations)
  const store = new ChatStore(database, silent)
  try {
    return store.atomically(() => use(store))
  } finally {
    database.close()
  }
}

function writeChat(store: ChatStore, title: string, { model: name, messageCount, lineCount }: Wishes): string {
  const atMs = Date.now()
  const parameters = usualParameters
  const model = ownModel(name)
  const id = store.create(model, parameters, atMs)
  store.write({ id, title, model, parameters })
  for (let turn = 0; turn < messageCount / 2; turn++) {
    const text = Array.from({ length: lineCount }, (_, line) => lineOf(turn, line)).join('\n')
    writeTurn(store, id, `Question ${turn} of ${title}`, text)
  }
  return id
}

function writeTurn(store: ChatStore, chatId: string, question: string, text: string) {
  const { model, parameters } = store.read(chatId)
  const atMs = Date.now()
  const questionId = store.addQuestion(chatId, question, atMs)
  const request = { parameters, seed: 1 }
  const answerId = store.addAnswer({ chatId, questionId, model, request, isSimulated: true, atMs })
  store.writeAnswer(answerId, { state: 'done', text, thinking: '', failure: null, figures: noFigures })
}

/** Headings, lists, code and prose in turn, as answers have them. */
function lineOf(turn: number, line: number): string {
  const shape = line % 12
  if (shape === 0) return `\n## Part ${line / 12} of answer ${turn}\n`
  if (shape < 4) return `- **Point ${shape}** of line ${line}, with \`code\` in it`
  if (shape === 4) return '\n```python'
  if (shape < 9) return `value_${line} = ceiling(${line}, 42.5)  # line ${line}`
  if (shape === 9) return '```\n'
  return `This is line ${line}: a sentence of a usual length, long enough to be broken on a narrow page.`
}
