import { beforeEach, expect, test, vi } from 'vitest'
import type { Chat } from '../../shared/contract/chats'
import type { Client } from '../connection/client'
import { ChatTexts } from './chat-texts'

vi.mock('../connection/connection', () => ({ connection: {} }))
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 0))
vi.stubGlobal('cancelAnimationFrame', clearTimeout)

let asked: string[][]
let atOnce: number
let gone: Set<string>
beforeEach(() => {
  asked = []
  atOnce = 200
  gone = new Set()
})

const text = (id: string) => ({ id, text: `text of ${id}`, thinking: '' })

/** A host that gives at most so many texts at once, and none of messages that are gone. */
const readTexts = async ({ ids }: { ids: string[] }) => {
  asked.push(ids)
  return ids
    .filter((id) => !gone.has(id))
    .slice(0, atOnce)
    .map(text)
}
const clientOf = (chats: object, answers: object = {}) => ({ chats, answers }) as unknown as Client

function chatOf(turnCount: number, lastState = 'done'): Chat {
  const turns = Array.from({ length: turnCount }, (_, place) => ({
    question: { id: `q${place}` },
    answers: [{ id: `a${place}`, state: place === turnCount - 1 ? lastState : 'done' }],
  }))
  return { id: 'chat', turns } as unknown as Chat
}

test('the end of a chat is read first, in one small request, and the rest in large ones', async () => {
  const texts = new ChatTexts()
  texts.update(chatOf(300), clientOf({ readTexts }))
  await expect.poll(() => texts.texts.size).toBe(600)
  expect(asked.map((ids) => ids.length)).toEqual([24, 200, 200, 176])
  expect(asked[0]?.slice(0, 4)).toEqual(['a299', 'q299', 'a298', 'q298'])
})

test('what the host gives in parts is asked for until all is there, each text once', async () => {
  atOnce = 7
  const texts = new ChatTexts()
  texts.update(chatOf(50), clientOf({ readTexts }))
  await expect.poll(() => texts.texts.size).toBe(100)
  expect(texts.texts.get('q0')).toEqual(text('q0'))
  expect(asked.slice(0, 3).map((ids) => ids[0])).toEqual(['a49', 'q46', 'a42'])
})

test('messages that are gone hold nothing up', async () => {
  for (let place = 0; place < 40; place += 1) gone.add(`a${place}`).add(`q${place}`)
  const texts = new ChatTexts()
  texts.update(chatOf(60), clientOf({ readTexts }))
  await expect.poll(() => texts.texts.size).toBe(40)
  await expect.poll(() => asked.flat().includes('q0')).toBe(true)
})

test('an answer under way is followed from where it is, also after the link was lost', async () => {
  const from: unknown[] = []
  const parts = ['Measure ', 'before ', 'you believe']
  const follow = async ({ from: place }: { from: { text: number } }) => {
    from.push(place)
    const rest = parts.join('').slice(place.text)
    const isFirst = from.length === 1
    return (async function* () {
      yield { text: isFirst ? 'Measure ' : rest, thinking: '', turns: 0 }
      if (isFirst) throw new Error('the link is lost')
    })()
  }
  const texts = new ChatTexts()
  const client = clientOf({ readTexts }, { follow })
  texts.update(chatOf(1, 'streaming'), client)
  await expect.poll(() => texts.texts.get('a0')?.text).toBe('Measure ')
  texts.pause()
  texts.update(chatOf(1, 'streaming'), client)
  await expect.poll(() => texts.texts.get('a0')?.text).toBe('Measure before you believe')
  expect(from).toEqual([
    { text: 0, thinking: 0, turns: 0 },
    { text: 8, thinking: 0, turns: 0 },
  ])
})

test('C2: what turns out to be thought takes the place of what was known', async () => {
  const from: unknown[] = []
  const follow = async ({ from: place }: { from: unknown }) => {
    from.push(place)
    return (async function* () {
      yield { text: 'plan', thinking: '', turns: 0 }
      yield { text: 'ans', thinking: 'plan', turns: 1 }
      yield { text: 'wer', thinking: '', turns: 1 }
      throw new Error('the link is lost')
    })()
  }
  const texts = new ChatTexts()
  const client = clientOf({ readTexts }, { follow })
  texts.update(chatOf(1, 'streaming'), client)
  await expect.poll(() => texts.texts.get('a0')).toEqual({ id: 'a0', text: 'answer', thinking: 'plan' })
  texts.pause()
  texts.update(chatOf(1, 'streaming'), client)
  await expect.poll(() => from.at(-1)).toEqual({ text: 6, thinking: 4, turns: 1 })
})

test('listeners hear once a frame, and nothing after a pause', async () => {
  const texts = new ChatTexts()
  const heard = vi.fn()
  texts.subscribe(heard)
  texts.update(chatOf(300), clientOf({ readTexts }))
  texts.pause()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(heard).not.toHaveBeenCalled()
  texts.update(chatOf(300), clientOf({ readTexts }))
  await expect.poll(() => texts.texts.size).toBe(600)
  await expect.poll(() => heard.mock.calls.length).toBeGreaterThanOrEqual(1)
  expect(heard.mock.calls.length).toBeLessThanOrEqual(2)
})
