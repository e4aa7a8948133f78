import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Chat } from '../../../shared/contract/chats'
import { Failure } from '../../../shared/failure'
import { type Database, openDatabase } from '../../platform/database'
import { Watched } from '../../platform/watched'
import { chatMigrations } from './chat-migrations'
import { Chats } from './chats'
import type { ServerAddress } from './server-address'

const silent = { info() {}, warn() {}, error() {} }

type Reply = (response: ServerResponse, request: IncomingMessage) => unknown

let folder: string
let database: Database
let chats: Chats
let address: Watched<ServerAddress>
let reply: Reply
let asked: { messages: { role: string; content: string }[]; options: Record<string, number>; model: string }[]
let loaded: string[]
const closings: (() => Promise<unknown>)[] = []

async function startServer() {
  const server = createServer(async (request, response) => {
    if (request.url === '/api/ps')
      return void response.end(JSON.stringify({ models: loaded.map((name) => ({ name })) }))
    asked.push(JSON.parse(await readText(request)))
    response.on('error', () => {})
    await reply(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closings.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const openChats = (file: string) => {
  const opened = openDatabase(file, chatMigrations)
  const service = new Chats(opened, address, silent)
  closings.push(async () => {
    await service.close()
    opened.close()
  })
  return { opened, service }
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chats-'))
  asked = []
  loaded = ['tiny:latest']
  reply = (response) => finish(response)
  address = new Watched<ServerAddress>({ baseUrl: await startServer(), version: '0.32.15', isSimulated: false })
  ;({ opened: database, service: chats } = openChats(join(folder, 'corral.db')))
})

afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

const say = (response: ServerResponse, message: object) =>
  response.write(`${JSON.stringify({ model: 'tiny', message: { role: 'assistant', ...message }, done: false })}\n`)

const finish = (response: ServerResponse, last: object = {}) =>
  response.end(
    `${JSON.stringify({ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', eval_count: 5, eval_duration: 1e8, prompt_eval_count: 9, ...last })}\n`,
  )

async function chatOf(id: string): Promise<Chat> {
  for await (const chat of chats.watchChat(id, undefined)) return chat
  throw new Error('the watch ended')
}

async function latest(id: string): Promise<Answer> {
  const answer = (await chatOf(id)).turns.at(-1)?.answers.at(-1)
  if (!answer) throw new Error('no answer')
  return answer
}

const textOf = (id: string) => chats.readTexts([id])[0]?.text

async function ended(chatId: string) {
  await expect.poll(async () => (await latest(chatId)).state).toMatch(/done|stopped|cut-short|failed/)
  return latest(chatId)
}

async function followed(answerId: string, from = { text: 0, thinking: 0 }) {
  const parts = []
  for await (const part of chats.follow(answerId, from, undefined)) parts.push(part)
  return { parts, text: parts.map(({ text }) => text).join(''), thinking: parts.map((part) => part.thinking).join('') }
}

const list = async (search = '') => {
  for await (const summaries of chats.watch(search, undefined)) return summaries
  return []
}

describe('an answer', () => {
  test('streams while it is made, and is there afterwards with its figures', async () => {
    reply = (response) => {
      say(response, { content: 'Hello ' })
      say(response, { content: 'you' })
      finish(response, { load_duration: 1e6, eval_count: 11, eval_duration: 5e8 })
    }
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    expect((await followed(answerId)).text).toBe('Hello you')
    const answer = await ended(id)
    expect(answer).toMatchObject({ state: 'done', failure: null, model: 'tiny', isSimulated: false })
    expect(answer.figures).toMatchObject({ answerTokens: 11, promptTokens: 9, endReason: 'stop', loadMs: 1 })
    expect(answer.figures.tokensPerSecond).toBeCloseTo(20)
    expect(textOf(answerId)).toBe('Hello you')
  })

  test('keeps thinking apart from what it says', async () => {
    reply = (response) => {
      say(response, { content: '', thinking: 'Hm. ' })
      say(response, { content: 'Yes' })
      finish(response)
    }
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Is it?')
    expect(await followed(answerId)).toMatchObject({ text: 'Yes', thinking: 'Hm. ' })
    await ended(id)
    chats.send(id, 'Why?')
    await ended(id)
    expect(JSON.stringify(asked[1]?.messages)).not.toContain('Hm')
  })

  test('arrives in batches at most thirty times a second, each holding only what is new', async () => {
    reply = async (response) => {
      for (let count = 0; count < 300; count++) {
        say(response, { content: `${count} ` })
        if (count % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
      }
      finish(response)
    }
    const { id } = chats.create('tiny')
    const startMs = performance.now()
    const { parts, text } = await followed(chats.send(id, 'Count').answerId)
    expect(text).toBe(Array.from({ length: 300 }, (_, count) => `${count} `).join(''))
    expect(parts.length).toBeLessThan((performance.now() - startMs) / 33 + 3)
  })

  test('goes on from where a lost page had come', async () => {
    let goOn = () => {}
    reply = (response) => {
      say(response, { content: 'One ' })
      goOn = () => {
        say(response, { content: 'two' })
        finish(response)
      }
    }
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Count')
    for await (const part of chats.follow(answerId, { text: 0, thinking: 0 }, undefined)) {
      expect(part.text).toBe('One ')
      break
    }
    goOn()
    await ended(id)
    expect((await followed(answerId, { text: 4, thinking: 0 })).text).toBe('two')
  })

  test('is made to its end when nobody looks', async () => {
    reply = (response) => {
      say(response, { content: 'All alone' })
      finish(response)
    }
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    await expect.poll(() => textOf(answerId)).toBe('All alone')
    expect((await ended(id)).state).toBe('done')
  })

  test('that is stopped ends the request and keeps what had come', async () => {
    let isCut = false
    reply = (response) => {
      say(response, { content: 'Once upon' })
      response.on('close', () => {
        isCut = true
      })
    }
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Tell')
    await expect.poll(() => textOf(answerId)).toBe('Once upon')
    await chats.stop(id)
    expect(await latest(id)).toMatchObject({ state: 'stopped', failure: null, figures: { answerTokens: null } })
    expect(textOf(answerId)).toBe('Once upon')
    await expect.poll(() => isCut).toBe(true)
  })

  test('of a model that is not in memory says that it loads', async () => {
    loaded = []
    let goOn = () => {}
    reply = (response) => {
      goOn = () => finish(response)
    }
    const { id } = chats.create('tiny')
    chats.send(id, 'Hi')
    await expect.poll(async () => (await latest(id)).state).toBe('loading')
    await expect.poll(() => asked.length).toBe(1)
    goOn()
    expect((await ended(id)).state).toBe('done')
  })

  test('given again is a second one; the first is kept', async () => {
    let count = 0
    reply = (response) => {
      say(response, { content: `Answer ${++count}` })
      finish(response)
    }
    const { id } = chats.create('tiny')
    const first = chats.send(id, 'Hi').answerId
    await ended(id)
    const second = chats.regenerate(first).answerId
    await expect.poll(async () => (await latest(id)).state).toBe('done')
    const [turn] = (await chatOf(id)).turns
    expect(turn?.answers.map((answer) => answer.id)).toEqual([first, second])
    expect([textOf(first), textOf(second)]).toEqual(['Answer 1', 'Answer 2'])
    expect(asked[1]?.messages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  test('survives a host that is killed in the middle, and is marked', async () => {
    reply = (response) => void say(response, { content: 'Half a' })
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    const kept = () => database.prepare('SELECT text FROM answer').get() as { text: string }
    await expect.poll(() => kept().text, { timeout: 1000 }).toBe('Half a')
    // What lies on the disk now is all that a killed host leaves.
    for (const end of ['', '-wal']) {
      if (existsSync(join(folder, `corral.db${end}`))) {
        copyFileSync(join(folder, `corral.db${end}`), join(folder, `left.db${end}`))
      }
    }
    chats = openChats(join(folder, 'left.db')).service
    expect(await latest(id)).toMatchObject({ state: 'cut-short', failure: { code: 'hostEndedDuringAnswer' } })
    expect(textOf(answerId)).toBe('Half a')
  })

  test('is cut short, not lost, when Corral quits', async () => {
    reply = (response) => void say(response, { content: 'Half a' })
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    await expect.poll(() => textOf(answerId)).toBe('Half a')
    await chats.close()
    expect(await latest(id)).toMatchObject({ state: 'cut-short', failure: { code: 'hostEndedDuringAnswer' } })
    expect(textOf(answerId)).toBe('Half a')
  })
})

describe('an answer that goes wrong', () => {
  const cases: [string, Reply, Partial<Answer>, string][] = [
    [
      'a stream that ends without a word',
      (response) => {
        say(response, { content: 'la la la' })
        response.end()
      },
      { state: 'cut-short', failure: { code: 'answerEndedEarly' } },
      'la la la',
    ],
    [
      'a connection that breaks in the middle',
      (response) => {
        say(response, { content: 'Half a' })
        setTimeout(() => response.destroy(), 20)
      },
      { state: 'cut-short', failure: { code: 'serverConnectionLost' } },
      'Half a',
    ],
    [
      'a connection that breaks before the first word',
      (response) => void response.destroy(),
      { state: 'failed', failure: { code: 'serverConnectionLost' } },
      '',
    ],
    [
      'an error in the stream',
      (response) => {
        say(response, { content: 'Half a' })
        response.end('{"error":"an error was encountered while running the model: unexpected EOF"}\n')
      },
      { state: 'failed', failure: { code: 'ollamaFailed' } },
      'Half a',
    ],
    [
      'a model that is missing',
      (response) => void response.writeHead(404).end(`{"error":"model 'tiny' not found"}`),
      { state: 'failed', failure: { code: 'modelNotFound' } },
      '',
    ],
    [
      'a full queue',
      (response) =>
        void response
          .writeHead(503)
          .end('{"error":"server busy, please try again.  maximum pending requests exceeded"}'),
      { state: 'failed', failure: { code: 'serverBusy' } },
      '',
    ],
  ]
  test.each(cases)('%s keeps what had come and says why', async (_, how, expected, text) => {
    reply = how
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    const answer = await ended(id)
    expect(answer.state).toBe(expected.state)
    expect(answer.failure?.code).toBe(expected.failure?.code)
    expect(textOf(answerId)).toBe(text)
  })

  test('a server that is gone is said at once', async () => {
    address.set({ baseUrl: 'http://127.0.0.1:9', version: null, isSimulated: false })
    const { id } = chats.create('tiny')
    chats.send(id, 'Hi')
    expect(await ended(id)).toMatchObject({ state: 'failed', failure: { code: 'serverNotReady' } })
  })

  test('without a server nothing is asked and nothing is written', async () => {
    address.set(null)
    const { id } = chats.create('tiny')
    expect(() => chats.send(id, 'Hi')).toThrow(new Failure('serverNotReady'))
    expect((await chatOf(id)).turns).toEqual([])
  })

  test('a failed question stays, and the next one brings it along', async () => {
    reply = (response) => void response.writeHead(500).end('{"error":"no"}')
    const { id } = chats.create('tiny')
    chats.send(id, 'I am Ann')
    await ended(id)
    reply = (response) => finish(response)
    chats.send(id, 'Who am I?')
    await expect.poll(() => asked.length).toBe(2)
    expect(asked[1]?.messages.map(({ content }) => content)).toEqual(['I am Ann', 'Who am I?'])
    await ended(id)
  })
})

describe('a request', () => {
  test('carries the whole conversation and every option', async () => {
    reply = (response) => {
      say(response, { content: 'Ann.' })
      finish(response)
    }
    const { id } = chats.create('tiny', { system: 'Be brief', seed: 7, temperature: 0.2, contextLength: 2048 })
    chats.send(id, 'I am Ann')
    await ended(id)
    chats.changeParameters(id, 'other:3b', { maximumTokens: 64 })
    chats.send(id, 'Who am I?')
    await expect.poll(() => asked.length).toBe(2)
    expect(asked[1]).toMatchObject({
      model: 'other:3b',
      stream: true,
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'I am Ann' },
        { role: 'assistant', content: 'Ann.' },
        { role: 'user', content: 'Who am I?' },
      ],
      options: { num_ctx: 2048, temperature: 0.2, top_p: 0.9, seed: 7, num_predict: 64 },
    })
    expect(asked[0]?.options.num_predict).toBe(-1)
    await ended(id)
  })

  test('without a seed of the user takes a fresh one, which the answer remembers', async () => {
    const { id } = chats.create('tiny')
    const { answerId } = chats.send(id, 'Hi')
    await ended(id)
    chats.regenerate(answerId)
    await expect.poll(() => asked.length).toBe(2)
    await ended(id)
    const seeds = (await chatOf(id)).turns[0]?.answers.map(({ seed }) => seed)
    expect(seeds).toEqual(asked.map(({ options }) => options.seed))
    expect(seeds?.[0]).not.toBe(seeds?.[1])
  })

  test('in one chat waits for the answer before; two chats are answered at once', async () => {
    const ends: (() => void)[] = []
    reply = (response) => void ends.push(() => finish(response))
    const one = chats.create('tiny').id
    const two = chats.create('tiny').id
    chats.send(one, 'Hi')
    expect(() => chats.send(one, 'Again')).toThrow(new Failure('answerRunning'))
    chats.send(two, 'Hi')
    await expect.poll(() => ends.length).toBe(2)
    for (const end of ends) end()
    expect([(await ended(one)).state, (await ended(two)).state]).toEqual(['done', 'done'])
  })
})

describe('the list', () => {
  test('takes titles from first questions, and a new title from the user', async () => {
    const { id } = chats.create('tiny')
    chats.send(id, 'What is a KV cache?\nPlease.')
    await ended(id)
    expect(await list()).toMatchObject([{ id, title: 'What is a KV cache?', model: 'tiny', messageCount: 2 }])
    chats.rename(id, '  Caches ')
    expect((await list())[0]?.title).toBe('Caches')
  })

  test('is searched in titles, questions and answers, as typed', async () => {
    reply = (response) => {
      say(response, { content: '答案是 100% 显存_占用' })
      finish(response)
    }
    const { id } = chats.create('tiny')
    chats.send(id, `Robert'); DROP TABLE chat;--`)
    await ended(id)
    for (const search of ['robert', '显存', '100%', '_占', 'DROP TABLE', "');"])
      expect(await list(search)).toHaveLength(1)
    for (const search of ['1000%', 'x_占', '%%%', '\\']) expect(await list(search)).toHaveLength(0)
  })

  test('loses a deleted chat, gets it back on undo, and forgets it for good at the end', async () => {
    const { id } = chats.create('tiny')
    await chats.remove(id)
    expect(await list()).toEqual([])
    await expect(chatOf(id)).rejects.toThrow('chatNotFound')
    chats.restore(id)
    expect(await list()).toHaveLength(1)
    await chats.remove(id)
    await chats.close()
    expect(() => chats.restore(id)).toThrow(new Failure('chatNotFound'))
  })

  test('of 5,000 chats is there in a fraction of a second, searched or not', async () => {
    database.transaction(() => {
      const chat = database.prepare(`INSERT INTO chat VALUES (?, ?, 'tiny', '{}', 0, ?, NULL)`)
      const question = database.prepare(`INSERT INTO question VALUES (?, ?, 1, 0, ?)`)
      for (let count = 0; count < 5000; count++) {
        chat.run(`c${count}`, `Chat ${count}`, count)
        question.run(`q${count}`, `c${count}`, count === 77 ? 'the needle' : 'hay '.repeat(200))
      }
    })()
    expect(await list()).toHaveLength(5000)
    expect((await list('needle')).map(({ title }) => title)).toEqual(['Chat 77'])
  })

  test('an unknown chat is said to be unknown by every operation', async () => {
    await expect(chatOf('nope')).rejects.toThrow('chatNotFound')
    for (const act of [
      () => chats.rename('nope', 'x'),
      () => chats.send('nope', 'x'),
      () => chats.regenerate('nope'),
      () => chats.changeParameters('nope', 'x'),
      () => chats.restore('nope'),
    ]) {
      expect(act).toThrow(new Failure('chatNotFound'))
    }
    await expect(followed('nope')).rejects.toThrow('chatNotFound')
  })
})

test.each(['\0 null', '\ud83d half a pair', '<script>alert(1)</script>', '‮ right to left', "'; --", '🙂🙂🙂'])(
  'the hostile text %j is asked, kept and given back',
  async (text) => {
    reply = (response) => {
      say(response, { content: text })
      finish(response)
    }
    const { id } = chats.create('tiny')
    const { answerId, questionId } = chats.send(id, text)
    await ended(id)
    const whole = text.replace('\0', '�').replace('\ud83d half', '� half')
    expect([textOf(questionId), textOf(answerId)]).toEqual([whole, whole])
  },
)
