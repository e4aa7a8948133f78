import { beforeEach, describe, expect, test } from 'vitest'
import { withTurns } from '../../../renderer/stores/chat-changes'
import { ownModel } from '../../../shared/backends/own'
import type { Chat, ChatChange } from '../../../shared/contract/chats'
import { Failure } from '../../../shared/failure'
import { ChatsUnderTest } from './chats-under-test.testing'
import { finish, StandInServer, say } from './stand-in-server.testing'

const under = ChatsUnderTest.forEachTest()
let server: StandInServer

beforeEach(async () => {
  server = new StandInServer()
  under.onEnd(() => server.close())
  under.address.set({ baseUrl: await server.start(), version: '0.32.15', isSimulated: false })
})

test('long texts come in parts, each at least one', async () => {
  const { id } = under.chats.create(ownModel('tiny'))
  const ids: string[] = []
  for (let count = 0; count < 4; count++) {
    ids.push(under.chats.send(id, 'x'.repeat(600_000)).questionId)
    await under.ended(id)
  }
  const read = (from: number) => under.chats.readTexts(ids.slice(from)).map((text) => ids.indexOf(text.id))
  expect([read(0), read(2), read(3)]).toEqual([[0, 1], [2, 3], [3]])
})

describe('the list', () => {
  test('takes titles from first questions, and a new title from the user', async () => {
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'What is a KV cache?\nPlease.')
    await under.ended(id)
    expect(await under.list()).toMatchObject([
      { id, title: 'What is a KV cache?', model: ownModel('tiny'), messageCount: 2 },
    ])
    under.chats.rename(id, '  Caches ')
    expect((await under.list())[0]?.title).toBe('Caches')
  })

  test('is searched in titles, questions and answers, as typed', async () => {
    server.reply = (response) => {
      say(response, { content: '答案是 100% 显存_占用' })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, `Robert'); DROP TABLE chat;--`)
    await under.ended(id)
    for (const search of ['robert', '显存', '100%', '_占', 'DROP TABLE', "');"])
      expect(await under.list(search)).toHaveLength(1)
    for (const search of ['1000%', 'x_占', '%%%', '\\']) expect(await under.list(search)).toHaveLength(0)
  })

  test('loses a deleted chat, gets it back on undo, and forgets it for good at the end', async () => {
    const { id } = under.chats.create(ownModel('tiny'))
    await under.chats.remove(id)
    expect(await under.list()).toEqual([])
    await expect(under.chat(id)).rejects.toThrow('chatNotFound')
    under.chats.restore(id)
    expect(await under.list()).toHaveLength(1)
    await under.chats.remove(id)
    await under.chats.close()
    expect(() => under.chats.restore(id)).toThrow(new Failure('chatNotFound'))
  })

  test('of 5,000 chats is whole, searched or not', async () => {
    under.database.transaction(() => {
      const chat = under.database.prepare(
        `INSERT INTO chat (id, title, model, parameters, created_at_ms, updated_at_ms) VALUES (?, ?, 'tiny', '{}', 0, ?)`,
      )
      const question = under.database.prepare(
        'INSERT INTO question (id, chat_id, place, at_ms, text) VALUES (?, ?, 1, 0, ?)',
      )
      for (let count = 0; count < 5000; count++) {
        chat.run(`c${count}`, `Chat ${count}`, count)
        question.run(`q${count}`, `c${count}`, count === 77 ? 'the needle' : 'hay '.repeat(10))
      }
    })()
    expect(await under.list()).toHaveLength(5000)
    expect((await under.list('needle')).map(({ title }) => title)).toEqual(['Chat 77'])
  })

  test('an unknown chat is said to be unknown by every operation', async () => {
    await expect(under.chat('nope')).rejects.toThrow('chatNotFound')
    for (const act of [
      () => under.chats.rename('nope', 'x'),
      () => under.chats.send('nope', 'x'),
      () => under.chats.regenerate('nope'),
      () => under.chats.changeParameters('nope', ownModel('x')),
      () => under.chats.restore('nope'),
    ]) {
      expect(act).toThrow(new Failure('chatNotFound'))
    }
    await expect(under.followed('nope')).rejects.toThrow('chatNotFound')
  })
})

test.each(['\0 null', '\ud83d half a pair', '<script>alert(1)</script>', '‮ right to left', "'; --", '🙂🙂🙂'])(
  'the hostile text %j is asked, kept and given back',
  async (text) => {
    server.reply = (response) => {
      say(response, { content: text })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId, questionId } = under.chats.send(id, text)
    await under.ended(id)
    const whole = text.replace('\0', '�').replace('\ud83d half', '� half')
    expect([under.text(questionId), under.text(answerId)]).toEqual([whole, whole])
  },
)

describe('what a newer Corral has saved', () => {
  /** Gives the saved text another version, and gives what is on disk then. */
  function makeNewer(table: 'chat' | 'answer', column: 'parameters' | 'figures') {
    const read = () => (under.database.prepare(`SELECT ${column} AS text FROM ${table}`).get() as { text: string }).text
    const text = JSON.stringify({ ...JSON.parse(read()), version: 99 })
    under.database.prepare(`UPDATE ${table} SET ${column} = ?`).run(text)
    return { text, read }
  }

  test('of an answer leaves its text and takes its figures only, and stays on disk', async () => {
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hello')
    await under.ended(id)
    const text = under.text(answerId)
    const figures = makeNewer('answer', 'figures')
    expect(await under.latest(id)).toMatchObject({ state: 'done', failure: { code: 'recordBroken' }, seed: null })
    expect(under.text(answerId)).toBe(text)
    expect(figures.read()).toBe(figures.text)
  })

  test('of a chat is said where the chat is opened, and stays on disk', async () => {
    const { id } = under.chats.create(ownModel('tiny'))
    const parameters = makeNewer('chat', 'parameters')
    await expect(under.chat(id)).rejects.toThrow('recordNewer')
    expect(() => under.chats.changeParameters(id, ownModel('other'))).toThrow('recordNewer')
    expect(await under.list()).toHaveLength(1)
    expect(parameters.read()).toBe(parameters.text)
  })
})

test('of a long chat a watch is sent the whole once, and of an answer only its own turn', async () => {
  server.reply = (response) => {
    say(response, { content: 'yes' })
    finish(response)
  }
  const { id } = under.chats.create(ownModel('tiny'))
  for (let count = 0; count < 5; count++) {
    under.chats.send(id, `question ${count}`)
    await under.ended(id)
  }
  const stop = new AbortController()
  const sent: ChatChange[] = []
  const watching = (async () => {
    for await (const change of under.chats.watchChat(id, stop.signal)) sent.push(change)
  })()
  await expect.poll(() => sent.length).toBe(1)
  const { questionId } = under.chats.send(id, 'one more')
  await under.ended(id)
  under.chats.rename(id, 'named')
  await expect.poll(() => sent.at(-1)?.title).toBe('named')
  stop.abort()
  await watching
  const [whole, ...later] = sent
  expect(whole).toMatchObject({ isWhole: true, turns: { length: 5 } })
  expect(later.every(({ isWhole }) => !isWhole)).toBe(true)
  expect(new Set(later.flatMap(({ turns }) => turns.map(({ question }) => question.id)))).toEqual(new Set([questionId]))
  const shown = sent.reduce<Chat | null>(withTurns, null)
  expect(shown).toEqual(await under.chat(id).then(({ isWhole: _, ...chat }) => chat))
})
