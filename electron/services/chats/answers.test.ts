import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import type { Answer } from '../../../shared/contract/chats'
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

describe('an answer', () => {
  test('streams while it is made, and is there afterwards with its figures', async () => {
    server.reply = (response) => {
      say(response, { content: 'Hello ' })
      say(response, { content: 'you' })
      finish(response, { load_duration: 1e6, eval_count: 11, eval_duration: 5e8 })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    expect((await under.followed(answerId)).text).toBe('Hello you')
    const answer = await under.ended(id)
    expect(answer).toMatchObject({ state: 'done', failure: null, model: ownModel('tiny'), isSimulated: false })
    expect(answer.figures).toMatchObject({ answerTokens: 11, promptTokens: 9, endReason: 'stop', loadMs: 1 })
    expect(answer.figures.tokensPerSecond).toBeCloseTo(20)
    expect(under.text(answerId)).toBe('Hello you')
  })

  test.each([
    ['in one record', '{"model":"tiny","message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}'],
    ['of a server that tells no reason', '{"model":"tiny","message":{"role":"assistant","content":""},"done":true}'],
    [
      'with the time it took',
      '{"done":true,"done_reason":"load","load_duration":4000000000,"total_duration":4100000000}',
    ],
  ])('C4, L18: that was a mere load, %s, says so, has no speed, and can be asked again', async (_, record) => {
    server.reply = (response) => response.end(`${record}\n`)
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    const { state, failure, figures } = await under.ended(id)
    expect({ state, failure }).toEqual({ state: 'failed', failure: { code: 'modelOnlyLoaded' } })
    expect(figures).toMatchObject({ tokensPerSecond: null, answerTokens: null, endReason: null })
    expect(figures.loadMs).toBe(record.includes('load_duration') ? 4000 : null)
    expect(figures.totalMs).not.toBeNull()
    server.reply = (response) => {
      say(response, { content: 'Yes' })
      finish(response)
    }
    under.chats.regenerate(answerId)
    expect((await under.ended(id)).state).toBe('done')
  })

  test('L29, F10: asks for no context of its own invention, and for the one that was chosen', async () => {
    server.reply = (response) => {
      say(response, { content: 'Yes' })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Hi')
    await under.ended(id)
    expect(server.asked[0]?.options).not.toHaveProperty('num_ctx')
    expect((await under.chat(id)).parameters.contextLength).toBeNull()
    under.chats.changeParameters(id, undefined, { contextLength: 4096 })
    under.chats.send(id, 'And now?')
    await under.ended(id)
    expect(server.asked[1]?.options).toHaveProperty('num_ctx', 4096)
    under.chats.changeParameters(id, undefined, { contextLength: null })
    expect((await under.chat(id)).parameters.contextLength).toBeNull()
  })

  test('F10: tells the context it was made in, not the one that is asked for next', async () => {
    server.reply = (response) => {
      say(response, { content: 'Yes' })
      finish(response)
    }
    under.contextLength = 2048
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Hi')
    expect((await under.ended(id)).figures.contextLength).toBe(2048)
    // A server that does not tell it: what was asked for.
    under.contextLength = null
    under.chats.changeParameters(id, undefined, { contextLength: 4096 })
    under.chats.send(id, 'Hi')
    expect((await under.ended(id)).figures.contextLength).toBe(4096)
  })

  test('L4: says that its prompt was cut, by the log where it is ours', async () => {
    server.reply = (response) => {
      under.log.push('level=WARN msg="truncating input prompt" limit=131 prompt=3003 keep=5 new=131')
      say(response, { content: 'Yes' })
      finish(response, { prompt_eval_count: 131 })
    }
    under.log.push('level=WARN msg="truncating input prompt" limit=131 prompt=9999 keep=5 new=131')
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Hi')
    expect((await under.ended(id)).figures.promptCut).toEqual({ sentTokens: 3003 })
  })

  test('L4: says that its prompt was cut when it counts less than an earlier one', async () => {
    under.contextLength = 2048
    let promptTokens = 1500
    server.reply = (response) => {
      say(response, { content: 'Yes. '.repeat(300) })
      finish(response, { prompt_eval_count: promptTokens })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Tell me. '.repeat(600))
    expect((await under.ended(id)).figures.promptCut).toBeUndefined()
    under.chats.regenerate(answerId)
    expect((await under.ended(id)).figures.promptCut).toBeUndefined()
    promptTokens = 700
    under.chats.send(id, 'And?')
    expect((await under.ended(id)).figures.promptCut).toEqual({ sentTokens: null })
    // Another model counts in its own tokens.
    under.contextLength = null
    promptTokens = 1300
    under.chats.changeParameters(id, ownModel('other'))
    under.chats.send(id, 'You?')
    expect((await under.ended(id)).figures.promptCut).toBeUndefined()
  })

  test('B2: says that the machine slept and nothing came since, and takes it back when words come', async () => {
    let goOn = () => {}
    server.reply = (response) => {
      say(response, { content: 'One ' })
      goOn = () => say(response, { content: 'two' })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Count')
    await expect.poll(() => under.text(answerId)).toBe('One ')
    // As the timer tells it after waking, six seconds ago.
    under.standstills.last.set({ atMs: performance.now() + 1, durationMs: 120_000 })
    await expect.poll(async () => (await under.latest(id)).quiet?.standstillMs, { timeout: 10_000 }).toBe(120_000)
    expect(under.text(answerId)).toBe('One ')
    goOn()
    await expect.poll(async () => (await under.latest(id)).quiet ?? null, { timeout: 5000 }).toBeNull()
    await under.chats.stop(id)
    const { figures, state, quiet } = await under.latest(id)
    expect({ state, quiet: quiet ?? null }).toEqual({ state: 'stopped', quiet: null })
    expect(figures).toMatchObject({ standstillMs: 120_000, tokensPerSecond: null })
  })

  test('F26: has its first words on disk as soon as they are on the screen', async () => {
    server.reply = (response) => {
      say(response, { content: '', thinking: 'Let me think. ' })
      say(response, { content: '', thinking: 'Yes. ' })
      say(response, { content: 'Quantization trades a' })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'What?')
    for await (const _ of under.chats.follow(answerId, { text: 0, thinking: 0, turns: 0 }, undefined)) {
      if (under.text(answerId) === 'Quantization trades a') break
    }
    // What the next host finds if this one is killed now.
    const kept = under.database.prepare('SELECT text, thinking FROM answer WHERE id = ?').get(answerId)
    expect(kept).toMatchObject({ text: 'Quantization trades a', thinking: 'Let me think. Yes. ' })
  })

  test('keeps thinking apart from what it says', async () => {
    server.reply = (response) => {
      say(response, { content: '', thinking: 'Hm. ' })
      say(response, { content: 'Yes' })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Is it?')
    expect(await under.followed(answerId)).toMatchObject({ text: 'Yes', thinking: 'Hm. ' })
    await under.ended(id)
    under.chats.send(id, 'Why?')
    await under.ended(id)
    expect(JSON.stringify(server.asked[1]?.messages)).not.toContain('Hm')
  })

  test('arrives in batches at most thirty times a second, each holding only what is new', async () => {
    server.reply = async (response) => {
      for (let count = 0; count < 300; count++) {
        say(response, { content: `${count} ` })
        if (count % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
      }
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const startMs = performance.now()
    const { parts, text } = await under.followed(under.chats.send(id, 'Count').answerId)
    expect(text).toBe(Array.from({ length: 300 }, (_, count) => `${count} `).join(''))
    expect(parts.length).toBeLessThan((performance.now() - startMs) / 33 + 3)
  })

  test('goes on from where a lost page had come', async () => {
    let goOn = () => {}
    server.reply = (response) => {
      say(response, { content: 'One ' })
      goOn = () => {
        say(response, { content: 'two' })
        finish(response)
      }
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Count')
    for await (const part of under.chats.follow(answerId, { text: 0, thinking: 0, turns: 0 }, undefined)) {
      expect(part.text).toBe('One ')
      break
    }
    goOn()
    await under.ended(id)
    expect((await under.followed(answerId, { text: 4, thinking: 0, turns: 0 })).text).toBe('two')
  })

  test('is made to its end when nobody looks', async () => {
    server.reply = (response) => {
      say(response, { content: 'All alone' })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    await expect.poll(() => under.text(answerId)).toBe('All alone')
    expect((await under.ended(id)).state).toBe('done')
  })

  test('that is stopped ends the request and keeps what had come', async () => {
    let isCut = false
    server.reply = (response) => {
      say(response, { content: 'Once upon' })
      response.on('close', () => {
        isCut = true
      })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Tell')
    await expect.poll(() => under.text(answerId)).toBe('Once upon')
    await under.chats.stop(id)
    expect(await under.latest(id)).toMatchObject({
      state: 'stopped',
      failure: null,
      figures: { answerTokens: 1, isCountedHere: true, isLoadIncluded: false },
    })
    expect(under.text(answerId)).toBe('Once upon')
    await expect.poll(() => isCut).toBe(true)
  })

  test('is counted while it is made', async () => {
    server.reply = (response) => say(response, { content: 'Once ' })
    const [first, second] = [under.chats.create(ownModel('tiny')), under.chats.create(ownModel('tiny'))]
    expect(under.chats.runningCount.current).toBe(0)
    under.chats.send(first.id, 'Hi')
    under.chats.send(second.id, 'Hi')
    expect(under.chats.runningCount.current).toBe(2)
    await under.chats.stop(first.id)
    await expect.poll(() => under.chats.runningCount.current).toBe(1)
  })

  test('of a model that is not in memory says that it loads', async () => {
    server.loaded = []
    let goOn = () => {}
    server.reply = (response) => {
      goOn = () => finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Hi')
    await expect.poll(async () => (await under.latest(id)).state).toBe('loading')
    await expect.poll(() => server.asked.length).toBe(1)
    goOn()
    expect((await under.ended(id)).state).toBe('done')
  })

  test('given again is a second one; the first is kept', async () => {
    let count = 0
    server.reply = (response) => {
      say(response, { content: `Answer ${++count}` })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const first = under.chats.send(id, 'Hi').answerId
    await under.ended(id)
    const second = under.chats.regenerate(first).answerId
    await expect.poll(async () => (await under.latest(id)).state).toBe('done')
    const [turn] = (await under.chat(id)).turns
    expect(turn?.answers.map((answer) => answer.id)).toEqual([first, second])
    expect([under.text(first), under.text(second)]).toEqual(['Answer 1', 'Answer 2'])
    expect(server.asked[1]?.messages).toEqual([{ role: 'user', content: 'Hi' }])
  })

  test('survives a host that is killed in the middle, and is marked', async () => {
    server.reply = (response) => void say(response, { content: 'Half a' })
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    const kept = () => under.database.prepare('SELECT text FROM answer').get() as { text: string }
    await expect.poll(() => kept().text, { timeout: 1000 }).toBe('Half a')
    // What lies on the disk now is all that a killed host leaves.
    for (const end of ['', '-wal']) {
      if (existsSync(join(under.folder, `corral.db${end}`))) {
        copyFileSync(join(under.folder, `corral.db${end}`), join(under.folder, `left.db${end}`))
      }
    }
    under.open('left.db')
    expect(await under.latest(id)).toMatchObject({ state: 'cut-short', failure: { code: 'hostEndedDuringAnswer' } })
    expect(under.text(answerId)).toBe('Half a')
  })

  test('is cut short, not lost, when Corral quits', async () => {
    server.reply = (response) => void say(response, { content: 'Half a' })
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    await expect.poll(() => under.text(answerId)).toBe('Half a')
    await under.chats.close()
    expect(await under.latest(id)).toMatchObject({ state: 'cut-short', failure: { code: 'hostEndedDuringAnswer' } })
    expect(under.text(answerId)).toBe('Half a')
  })

  test('F26: says that text is kept only where some arrived', async () => {
    server.reply = (response) => void say(response, { thinking: 'Hm' })
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    await expect
      .poll(() => under.database.prepare('SELECT length(thinking) AS count FROM answer').get())
      .toMatchObject({ count: 2 })
    await under.chats.close()
    expect(await under.latest(id)).toMatchObject({ state: 'cut-short', failure: { code: 'hostEndedBeforeAnswer' } })
    expect(under.text(answerId)).toBe('')
  })
})

describe('an answer that goes wrong', () => {
  const cases: [string, StandInServer['reply'], Partial<Answer>, string][] = [
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
      { state: 'cut-short', failure: { code: 'runnerEnded' } },
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
    server.reply = how
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    const answer = await under.ended(id)
    expect(answer.state).toBe(expected.state)
    expect(answer.failure?.code).toBe(expected.failure?.code)
    expect(under.text(answerId)).toBe(text)
  })

  test('a server that is gone is said at once', async () => {
    under.address.set({ baseUrl: 'http://127.0.0.1:9', version: null, isSimulated: false })
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Hi')
    expect(await under.ended(id)).toMatchObject({ state: 'failed', failure: { code: 'serverNotReady' } })
  })

  test('without a server nothing is asked and nothing is written', async () => {
    under.address.set(null)
    const { id } = under.chats.create(ownModel('tiny'))
    expect(() => under.chats.send(id, 'Hi')).toThrow(new Failure('serverNotReady'))
    expect((await under.chat(id)).turns).toEqual([])
  })

  test('a failed question stays, and the next one brings it along', async () => {
    server.reply = (response) => void response.writeHead(500).end('{"error":"no"}')
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'I am Ann')
    await under.ended(id)
    server.reply = (response) => finish(response)
    under.chats.send(id, 'Who am I?')
    await expect.poll(() => server.asked.length).toBe(2)
    expect(server.asked[1]?.messages.map(({ content }) => content)).toEqual(['I am Ann', 'Who am I?'])
    await under.ended(id)
  })
})

describe('a request', () => {
  test('carries the whole conversation and every option', async () => {
    server.reply = (response) => {
      say(response, { content: 'Ann.' })
      finish(response)
    }
    const { id } = under.chats.create(ownModel('tiny'), {
      system: 'Be brief',
      seed: 7,
      temperature: 0.2,
      contextLength: 2048,
    })
    under.chats.send(id, 'I am Ann')
    await under.ended(id)
    under.chats.changeParameters(id, ownModel('other:3b'), { maximumTokens: 64 })
    under.chats.send(id, 'Who am I?')
    await expect.poll(() => server.asked.length).toBe(2)
    expect(server.asked[1]).toMatchObject({
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
    expect(server.asked[0]?.options.num_predict).toBe(-1)
    await under.ended(id)
  })

  test('without a seed of the user takes a fresh one, which the answer remembers', async () => {
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Hi')
    await under.ended(id)
    under.chats.regenerate(answerId)
    await expect.poll(() => server.asked.length).toBe(2)
    await under.ended(id)
    const seeds = (await under.chat(id)).turns[0]?.answers.map(({ seed }) => seed)
    expect(seeds).toEqual(server.asked.map(({ options }) => options.seed))
    expect(seeds?.[0]).not.toBe(seeds?.[1])
  })

  test('in one chat waits for the answer before; two chats are answered at once', async () => {
    const ends: (() => void)[] = []
    server.reply = (response) => void ends.push(() => finish(response))
    const one = under.chats.create(ownModel('tiny')).id
    const two = under.chats.create(ownModel('tiny')).id
    under.chats.send(one, 'Hi')
    expect(() => under.chats.send(one, 'Again')).toThrow(new Failure('answerRunning'))
    under.chats.send(two, 'Hi')
    await expect.poll(() => ends.length).toBe(2)
    for (const end of ends) end()
    expect([(await under.ended(one)).state, (await under.ended(two)).state]).toEqual(['done', 'done'])
  })
})
