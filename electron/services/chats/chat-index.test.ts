import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { ChatParameters } from '../../../shared/contract/chats'
import { type Database, openDatabase } from '../../platform/database'
import { noFigures } from './answer-figures'
import { ChatIndex } from './chat-index'
import { chatMigrations } from './chat-migrations'
import { ChatStore } from './chat-store'
import { longestSearch } from './index-terms'
import { searchMigration } from './search-migration'

const silent = { info() {}, warn() {}, error() {} }
const parameters = ChatParameters.parse({})

let folder: string
let database: Database
let store: ChatStore
let index: ChatIndex

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chat-index-'))
  database = openDatabase(join(folder, 'corral.db'), chatMigrations)
  store = new ChatStore(database, silent)
  index = new ChatIndex(database, silent)
})
afterEach(async () => {
  await index.close()
  database.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A chat of a title, a question and, where there is one, an answer that has ended. */
function write(title: string, question: string, answer?: string): string {
  const id = store.create(ownModel('tiny'), parameters, 1)
  store.write({ ...store.read(id), title })
  const questionId = store.addQuestion(id, question, 1)
  if (answer === undefined) return id
  const request = { parameters, seed: 1 }
  const answerId = store.addAnswer({
    chatId: id,
    questionId,
    model: ownModel('tiny'),
    request,
    isSimulated: false,
    atMs: 1,
  })
  const rest = { thinking: '', failure: null, figures: noFigures }
  store.writeAnswer(answerId, { state: 'streaming', text: answer.slice(0, 2), ...rest })
  store.writeAnswer(answerId, { state: 'done', text: answer, ...rest })
  return id
}

/** What SQLite's own LIKE finds in the same texts, read one after the other. */
function byLike(words: string): string[] {
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const rows = database
    .prepare(
      `SELECT id FROM chat WHERE title LIKE ?1 ESCAPE '\\'
        OR EXISTS (SELECT 1 FROM question WHERE chat_id = chat.id AND text LIKE ?1 ESCAPE '\\')
        OR EXISTS (SELECT 1 FROM answer WHERE chat_id = chat.id AND text LIKE ?1 ESCAPE '\\')`,
    )
    .all(pattern)
  return (rows as { id: string }[]).map(({ id }) => id).sort()
}

const found = async (words: string) => [...(await index.find(words, undefined))].sort()

const texts: [title: string, question: string, answer?: string][] = [
  ['显存', '70B 量化之后还要多少显存？', '大约 40 GB。量 化、显 存 分开写不算。'],
  ['What is a KV cache?', 'kv', 'The KV cache holds keys and values: 100 % of them. mkv is a file.'],
  ['Load', 'It says "out of memory" at 100%', 'Lower OLLAMA_NUM_PARALLEL; 70b at q4_K_M fits.'],
  ['', 'ひらがな カタカナ 한국어 漢字', '絵文字 🦙🦙 と "引用"'],
  ["Robert'); DROP TABLE chat;--", 'a\\b_c%d', 'NEAR(x y) AND OR NOT * ^ {col} : -'],
  ['emp', 'ty', ''],
  ['under way', 'still'],
]
const searches = [
  ...[
    '显存',
    '量化',
    '70b',
    'KV',
    'kv',
    '100%',
    '"',
    '"out',
    '""',
    '存',
    '显',
    'k',
    'K',
    'v ',
    ' ',
    '  ',
    '%',
    '_',
    '\\',
  ],
  ...[
    'カ',
    'カナ',
    '한국',
    '어',
    '🦙',
    '🦙🦙',
    '🦙🦙 ',
    'q4_K_M',
    'NUM_PAR',
    "');",
    'NEAR(x',
    'AND',
    '*',
    '^',
    '-',
    ': -',
    'x y',
  ],
  ...['memory" at', '多少显存？', '显 存', '量 化', '没有', 'zz', 'zzz', '1000%', '??', '？', '。', 'a\\b_c%d', "'"],
]

test.each(searches)('%j finds what LIKE finds in the same texts', async (words) => {
  for (const [title, question, answer] of texts) write(title, question, answer)
  expect(await found(words)).toEqual(byLike(words))
})

test('a search with a NUL in it is answered', async () => {
  const id = write('a\0bcd'.replaceAll('\0', '�'), 'question')
  expect(await found('a\0bcd')).toEqual([id])
})

test.each(['x\ud800', 'x\ud800y', '\udc00'])('half a letter, as in %j, finds what LIKE finds', async (words) => {
  const id = write(`a ${words} b`, 'question')
  expect(byLike(words)).toEqual([id])
  expect(await found(words)).toEqual([id])
})

test('capitals with accents are the same as small ones, which LIKE does not find', async () => {
  const id = write('École', 'question')
  expect(await found('éCOLE')).toEqual([id])
  expect(byLike('éCOLE')).toEqual([])
})

test('chats are found while the index cannot be written, as on a full disk', async () => {
  const fill = "CREATE TRIGGER full BEFORE INSERT ON chat_piece BEGIN SELECT RAISE(ABORT, 'disk full'); END"
  const before = write('显存 before', 'question')
  expect(await found('显存')).toEqual([before])
  database.exec(fill)
  const ids = [write('显存', 'question'), write('title', '显存 100%'), write('title', 'question', '很多显存')]
  expect(await found('显存')).toEqual([before, ...ids].sort())
  expect(await found('100%')).toEqual([ids[1]])
  expect(await found('没有')).toEqual([])
  database.exec('DROP TRIGGER full')
  expect(await found('显存')).toEqual([before, ...ids].sort())
  expect(database.prepare('SELECT count(*) AS count FROM chat_to_index').get()).toMatchObject({ count: 0 })
})

test('of a long text no more than a piece is folded at once', async () => {
  write('long', '显'.repeat(200_000))
  const folding = vi.spyOn(String.prototype, 'toLowerCase')
  try {
    await index.catchUp()
    const lengths = folding.mock.contexts.map((text) => String(text).length)
    expect(Math.max(...lengths)).toBeGreaterThan(1000)
    expect(Math.max(...lengths)).toBeLessThan(10_000)
  } finally {
    folding.mockRestore()
  }
})

test('some of those words are found at all', async () => {
  for (const [title, question, answer] of texts) write(title, question, answer)
  for (const words of ['显存', '量化', '70b', 'KV', '100%', '"', 'カナ', '🦙🦙']) {
    expect(await found(words), words).not.toEqual([])
  }
})

test('a word that lies over the cut between two pieces of a long text is found, however long', async () => {
  const long = Array.from({ length: 20_000 }, (_, place) =>
    String.fromCharCode(0x4e00 + ((place * 7919) % 20_000)),
  ).join('')
  const id = write('long', 'text', long)
  for (let from = 0; from + longestSearch <= long.length; from += 397) {
    expect(await found(long.slice(from, from + longestSearch))).toEqual([id])
    expect(await found(long.slice(from, from + 2))).toEqual([id])
  }
})

test('a new title is found by its own words and no longer by the old ones', async () => {
  const id = write('显卡', 'question')
  expect(await found('显卡')).toEqual([id])
  store.write({ ...store.read(id), title: '缓存' })
  expect(await found('缓存')).toEqual([id])
  expect(await found('显卡')).toEqual([])
})

test('an answer under way is found by what is kept of it', async () => {
  const id = store.create(ownModel('tiny'), parameters, 1)
  const questionId = store.addQuestion(id, 'question', 1)
  const request = { parameters, seed: 1 }
  const answerId = store.addAnswer({
    chatId: id,
    questionId,
    model: ownModel('tiny'),
    request,
    isSimulated: false,
    atMs: 1,
  })
  const progress = { text: 'half 缓存', thinking: '', failure: null, figures: noFigures }
  store.writeAnswer(answerId, { state: 'streaming', ...progress })
  expect(await found('缓存')).toEqual([id])
  // As the next host finds it after a kill.
  store.markCutShort({ code: 'hostEndedDuringAnswer' })
  expect(await found('缓存')).toEqual([id])
})

test('what is deleted for good leaves nothing in the index, in the middle of being taken in as well', async () => {
  const long = write('gone', '显存', '缓存 '.repeat(50_000))
  const kept = write('kept', '显存')
  const catchingUp = index.catchUp()
  store.setRemoved(long, 1)
  store.purge(2)
  await catchingUp
  expect(await found('显存')).toEqual([kept])
  expect(database.prepare('SELECT count(*) AS count FROM chat_piece').get()).toMatchObject({ count: 2 })
  expect(await found('缓存')).toEqual([])
})

test('chats of a database from before the index are found', async () => {
  const earlier = openDatabase(
    join(folder, 'earlier.db'),
    chatMigrations.filter(({ name }) => name !== searchMigration.name),
  )
  database.close()
  database = earlier
  store = new ChatStore(database, silent)
  const ids = texts.map(([title, question, answer]) => write(title, question, answer))
  database.close()
  database = openDatabase(join(folder, 'earlier.db'), chatMigrations)
  index = new ChatIndex(database, silent)
  expect(ids).toHaveLength(texts.length)
  for (const words of searches) expect(await found(words), words).toEqual(byLike(words))
})
