import { beforeEach, describe, expect, it } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { ChatsUnderTest } from './chats-under-test.testing'
import { finish, StandInServer, say } from './stand-in-server.testing'

const under = ChatsUnderTest.forEachTest()
let server: StandInServer

beforeEach(async () => {
  server = new StandInServer()
  under.onEnd(() => server.close())
  under.address.set({ baseUrl: await server.start(), version: '0.5.12', isSimulated: false })
})

const replyIn = (pieces: string[]) => {
  server.reply = async (response) => {
    for (const content of pieces) {
      say(response, { content })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    finish(response)
  }
}

/** What a page that follows knows of the answer at the end. */
async function followed(answerId: string) {
  const known = { text: '', thinking: '', turns: 0 }
  for await (const part of under.chats.follow(answerId, { text: 0, thinking: 0, turns: 0 }, undefined)) {
    const isAnew = part.turns !== known.turns
    known.text = (isAnew ? '' : known.text) + part.text
    known.thinking = (isAnew ? '' : known.thinking) + part.thinking
    known.turns = part.turns
  }
  return { text: known.text, thinking: known.thinking }
}

const kept = (id: string) => {
  const { text, thinking } = under.chats.readTexts([id])[0] ?? {}
  return { text, thinking }
}

describe('C2: thoughts that come in the text', () => {
  it.each([
    [['<th', 'ink>\nplan', ' `a`\n```js\nx\n```\n', '</thi', 'nk>\n\nanswer'], 'plan `a`\n```js\nx\n```', 'answer'],
    [['<think>pl', 'an</think>answer and', ' more'], 'plan', 'answer and more'],
    [['<think>never ', 'closed'], 'never closed', ''],
    [['plan ', 'without a mark', '\n</think>', '\n\nans', 'wer'], 'plan without a mark', 'answer'],
    [['plan\n</think>\n\nanswer'], 'plan', 'answer'],
    [['Sure! ', '<think>a', '</thi', 'nk>', 'b and c'], 'a', 'Sure! b and c'],
    [['<think>a<think>', 'b</think>', 'c', '</think>d'], 'a<think>b\n\nc', 'd'],
    [['```xml\n', '<think>\n', '```'], '', '```xml\n<think>\n```'],
  ])('%j are told, kept and shown apart', async (pieces, thinking, text) => {
    replyIn(pieces)
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'How do I write a `<think>` tag?')
    expect(await followed(answerId)).toEqual({ text, thinking })
    const { figures } = await under.ended(id)
    expect(kept(answerId)).toEqual({ text, thinking })
    expect(await followed(answerId)).toEqual({ text, thinking })
    expect(figures.firstTokenMs).not.toBeNull()
  })

  it('a question that holds the marks stays the text it is', async () => {
    replyIn(['Yes'])
    const { id } = under.chats.create(ownModel('tiny'))
    const { questionId } = under.chats.send(id, '<think>Is it?</think> And why?')
    await under.ended(id)
    expect(kept(questionId)).toEqual({ text: '<think>Is it?</think> And why?', thinking: '' })
  })

  it('the history has none of them', async () => {
    replyIn(['<think>plan</think>Yes'])
    const { id } = under.chats.create(ownModel('tiny'))
    under.chats.send(id, 'Is it?')
    await under.ended(id)
    under.chats.send(id, 'Why?')
    await under.ended(id)
    expect(server.asked[1]?.messages.map(({ content }) => content)).toEqual(['Is it?', 'Yes', 'Why?'])
  })

  it('one that is stopped in the middle keeps its thoughts as such', async () => {
    server.reply = (response) => {
      say(response, { content: '<think>first this' })
      say(response, { content: ', then that</th' })
    }
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Go')
    await expect.poll(() => kept(answerId).thinking).toBe('first this, then that')
    await under.chats.stop(id)
    expect((await under.ended(id)).state).toBe('stopped')
    expect(kept(answerId)).toEqual({ text: '', thinking: 'first this, then that' })
  })

  it('whoever knows what turned out to be thought gets it anew', async () => {
    replyIn(['plan', '</think>answer'])
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Go')
    await under.ended(id)
    const { parts } = await under.followed(answerId, { text: 4, thinking: 0, turns: 0 })
    expect(parts).toEqual([{ text: 'answer', thinking: 'plan', turns: 1 }])
  })

  it('an answer of an earlier version, with the marks in its text, is shown and sent as it should have been', async () => {
    replyIn(['ok'])
    const { id } = under.chats.create(ownModel('tiny'))
    const { answerId } = under.chats.send(id, 'Is it?')
    await under.ended(id)
    under.database.prepare('UPDATE answer SET text = ?').run('<think>\nplan\n</think>\n\nYes')
    expect(kept(answerId)).toEqual({ text: 'Yes', thinking: 'plan' })
    under.chats.send(id, 'Why?')
    await under.ended(id)
    expect(server.asked[1]?.messages.map(({ content }) => content)).toEqual(['Is it?', 'Yes', 'Why?'])
  })
})
