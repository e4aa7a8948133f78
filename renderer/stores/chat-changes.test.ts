import { expect, test } from 'vitest'
import type { Chat, ChatChange } from '../../shared/contract/chats'
import { wholeLists, withTurns } from './chat-changes'

const turn = (id: string, state: string) => ({ question: { id }, answers: [{ id: `${id}-answer`, state }] })
const chat = (title: string, ...turns: ReturnType<typeof turn>[]) => ({ id: 'c', title, turns }) as unknown as Chat
const change = (isWhole: boolean, told: Chat): ChatChange => ({ ...told, isWhole })

const before = chat('old', turn('one', 'done'), turn('two', 'streaming'))

test.each([
  [
    'a turn told anew takes its own place',
    chat('old', turn('one', 'failed')),
    chat('old', turn('one', 'failed'), turn('two', 'streaming')),
  ],
  [
    'a new turn comes last',
    chat('old', turn('three', 'waiting')),
    chat('old', ...(before.turns as never[]), turn('three', 'waiting')),
  ],
  ['a title alone leaves all turns', chat('new'), chat('new', ...(before.turns as never[]))],
])('%s', (_, told, after) => {
  expect(withTurns(before, change(false, told))).toEqual(after)
})

test('the whole takes the place of whatever was there, and a part without it is nothing', () => {
  expect(withTurns(before, change(true, chat('other')))).toEqual(chat('other'))
  expect(withTurns(null, change(false, chat('other')))).toBeNull()
})

test('turns that have not changed are the same objects: their rows are not drawn again', () => {
  const after = withTurns(before, change(false, chat('old', turn('two', 'done'))))
  expect(after?.turns[0]).toBe(before.turns[0])
})

test('a list is shown once it is whole, and one that begins anew in the middle takes the place of the half', async () => {
  const part = (id: string, isFirst: boolean, isLast: boolean) => ({ chats: [{ id }], isFirst, isLast })
  async function* parts() {
    yield part('a', true, false)
    yield part('b', false, true)
    yield part('c', true, false)
    yield part('d', true, false)
    yield part('e', false, true)
  }
  const lists: string[][] = []
  for await (const list of wholeLists(parts() as never)) lists.push(list.map(({ id }) => id))
  expect(lists).toEqual([
    ['a', 'b'],
    ['d', 'e'],
  ])
})
