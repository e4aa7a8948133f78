import { expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { usualParameters } from '../../../shared/chat/usual-parameters'
import type { Answer, Chat, MessageText } from '../../../shared/contract/chats'
import { ConversationRows } from './rows'

const figures = {
  firstTokenMs: null,
  loadMs: null,
  tokensPerSecond: null,
  answerTokens: null,
  promptTokens: null,
  promptMs: null,
  totalMs: null,
  endReason: null,
}
const answerOf = (id: string, state: Answer['state']): Answer => ({
  role: 'answer',
  id,
  atMs: 0,
  textLength: 300,
  thinkingLength: 0,
  state,
  failure: null,
  model: ownModel('tiny'),
  seed: 1,
  figures,
  isSimulated: false,
})
const chatOf = (...turns: Answer[][]): Chat => ({
  id: 'chat',
  title: '',
  model: ownModel('tiny'),
  parameters: { ...usualParameters },
  turns: turns.map((answers, place) => ({
    question: { role: 'question', id: `q${place}`, atMs: 0, textLength: 4 },
    answers,
  })),
})
const textsOf = (texts: Record<string, string>, thinking = '') =>
  new Map<string, MessageText>(Object.entries(texts).map(([id, text]) => [id, { id, text, thinking }]))
const kinds = (rows: { kind: string }[]) => rows.map(({ kind }) => kind)
const none = new Map<string, string>()

test('an answer is a row for each of its blocks, then its end', () => {
  const rows = new ConversationRows().of(
    chatOf([answerOf('a', 'done')]),
    textsOf({ q0: 'Why?', a: 'So.\n\n```js\nx\n```\n\nEnd.' }),
    none,
  )
  expect(kinds(rows)).toEqual(['question', 'block', 'block', 'block', 'end'])
})

test('texts that have not come yet hold their place', () => {
  expect(kinds(new ConversationRows().of(chatOf([answerOf('a', 'done')]), textsOf({}), none))).toEqual([
    'question',
    'pending',
    'end',
  ])
})

test('an answer that grows keeps the rows it has, and only its last one lives', () => {
  const conversation = new ConversationRows()
  const chat = chatOf([answerOf('a', 'streaming')])
  const texts = textsOf({ q0: 'Why?', a: 'One.\n\nTw' })
  const before = conversation.of(chat, texts, none)
  texts.set('a', { id: 'a', text: 'One.\n\nTwo.\n\nThr', thinking: '' })
  const after = conversation.of(chat, texts, none)
  expect(after.map(({ key }) => key)).toEqual(['q0', 'a 0', 'a 1', 'a 2', 'a end'])
  expect(before[1]).toEqual(after[1])
  expect(after.map((row) => row.kind === 'block' && row.isLive)).toEqual([false, false, false, true, false])
})

test('a finished turn is built once', () => {
  const conversation = new ConversationRows()
  const chat = chatOf([answerOf('a', 'done')], [answerOf('b', 'streaming')])
  const texts = textsOf({ q0: 'Why?', a: 'So.', q1: 'And?', b: 'We' })
  const first = conversation.of(chat, texts, none)
  const second = conversation.of(chat, texts, none)
  expect(second[1]).toBe(first[1])
  expect(second[4]).not.toBe(first[4])
})

test('an answer that ended before its last words came still gets them', () => {
  const conversation = new ConversationRows()
  const chat = chatOf([answerOf('a', 'done')])
  const texts = textsOf({ q0: 'Why?', a: '' })
  expect(kinds(conversation.of(chat, texts, none))).toEqual(['question', 'end'])
  texts.set('a', { id: 'a', text: 'Because.', thinking: '' })
  expect(kinds(conversation.of(chat, texts, none))).toEqual(['question', 'block', 'end'])
})

test('C2: what turns out to be thought leaves the answer', () => {
  const conversation = new ConversationRows()
  const chat = chatOf([answerOf('a', 'streaming')])
  conversation.of(chat, textsOf({ a: 'First this.\n\nThen that.' }), none)
  const rows = conversation.of(chat, textsOf({ a: 'So.' }, 'First this.\n\nThen that.'), none)
  expect(rows).toMatchObject([
    { kind: 'question' },
    { kind: 'thinking' },
    { block: { source: 'So.' } },
    { kind: 'end' },
  ])
})

test('of several answers the newest is shown, or the one that was chosen', () => {
  const conversation = new ConversationRows()
  const chat = chatOf([answerOf('a', 'done'), answerOf('b', 'done')])
  const texts = textsOf({ q0: 'Why?', a: 'First', b: 'Second' })
  expect(conversation.of(chat, texts, none)[1]?.key).toBe('b 0')
  expect(conversation.of(chat, texts, new Map([['q0', 'a']]))[1]?.key).toBe('a 0')
})

test('thinking is a row of its own, alive until the answer begins', () => {
  const rows = (text: string) =>
    new ConversationRows().of(chatOf([answerOf('a', 'streaming')]), textsOf({ a: text }, 'Hm'), none)
  expect(rows('')[1]).toMatchObject({ kind: 'thinking', isLive: true })
  expect(rows('So')[1]).toMatchObject({ kind: 'thinking', isLive: false })
})
