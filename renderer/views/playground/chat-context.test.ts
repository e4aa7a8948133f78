import { describe, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { usualParameters } from '../../../shared/chat/usual-parameters'
import type { Answer, AnswerFigures, Chat } from '../../../shared/contract/chats'
import { contextClash, contextOwner, contextUse } from './chat-context'
import { preferredModel } from './preferred-model'

const answer = (figures: Partial<AnswerFigures>, name = 'tiny'): Answer =>
  ({
    role: 'answer',
    id: 'a',
    model: ownModel(name),
    figures: { promptTokens: null, answerTokens: null, ...figures },
  }) as Answer

const use = (turns: Answer[][], contextLength: number | null = null, given: number | null = null) =>
  contextUse(
    {
      parameters: { ...usualParameters, contextLength },
      turns: turns.map((answers) => ({ question: {} as Chat['turns'][number]['question'], answers })),
    },
    given,
  )

describe('the context meter', () => {
  const counted = (promptTokens: number | null, answerTokens: number | null, more: Partial<AnswerFigures> = {}) =>
    answer({ promptTokens, answerTokens, contextLength: 256, ...more })

  test('tells prompt and answer of the last one that was counted, and nothing before it', () => {
    expect(use([])).toBeNull()
    expect(use([[counted(100, 20)]])).toEqual({ used: 120, isAtLeast: false, length: 256 })
  })

  test('L4: never falls when the limit is passed', () => {
    const cut = counted(131, 20, { promptCut: { sentTokens: 3003 } })
    expect(use([[cut]])).toEqual({ used: 3023, isAtLeast: false, length: 256 })
    const leftOut = counted(120, 20, { promptCut: { sentTokens: null } })
    expect(use([[counted(230, 20)], [leftOut]])).toEqual({ used: 256, isAtLeast: true, length: 256 })
    // Not even where nothing was counted of it.
    expect(use([[counted(null, null, { promptCut: { sentTokens: 900 } })]])?.used).toBe(900)
  })

  test('B1: does not fall where a server did not count what it had in its cache', () => {
    expect(use([[counted(200, 20)], [counted(null, 5)]])?.used).toBe(220)
    expect(use([[counted(200, 20)], [counted(12, 5)]])?.used).toBe(200)
  })

  test('goes by an answer that was given again, and by the model that counts', () => {
    expect(use([[counted(100, 90), counted(100, 5)]])?.used).toBe(105)
    expect(use([[answer({ promptTokens: 900, answerTokens: 1 }, 'other')], [counted(100, 5)]])?.used).toBe(105)
  })

  test('F10: is as long as the chat says, else as it was, else as the server gives, else unknown', () => {
    expect(use([[counted(9, 1)]], 4096, 8192)?.length).toBe(4096)
    expect(use([[counted(9, 1)]], null, 8192)?.length).toBe(256)
    const untold = answer({ promptTokens: 9, answerTokens: 1 })
    expect(use([[untold]], null, 8192)?.length).toBe(8192)
    expect(use([[untold]])?.length).toBeNull()
  })
})

test.each([
  [
    'F10: the benchmark left 2,048 and the server is set to 8,192',
    null,
    8192,
    2048,
    2048,
    { by: 'benchmark', asked: 8192 },
  ],
  [
    'F10: the benchmark left 2,048 and the chat is set to 4,096',
    4096,
    8192,
    2048,
    2048,
    { by: 'benchmark', asked: 4096 },
  ],
  ['another client left 16,384', null, 8192, 16_384, 2048, { by: 'other', asked: 8192 }],
  [
    'the benchmark left 2,048 and nobody tells what the server gives',
    null,
    null,
    2048,
    2048,
    { by: 'benchmark', asked: null },
  ],
])('%s: said', (_, own, given, loaded, measured, clash) => {
  const seen = contextClash(contextOwner(own, null, given), { loaded, measured, trained: 131_072 })
  expect(seen).toEqual({ ...clash, loaded })
})

test.each([
  ['it is loaded as it will be asked for', null, 8192, 8192, 131_072],
  ['it is not loaded', null, 8192, null, 131_072],
  ['nothing is known of the server', null, null, 4096, 131_072],
  ['the model has no more than that', 131_072, null, 8192, 8192],
])('where %s, nothing is said of a reload', (_, own, given, loaded, trained) => {
  expect(contextClash(contextOwner(own, null, given), { loaded, trained, measured: null })).toBeNull()
})

test.each([
  ['the chosen one', 'b', ['c'], ['c'], 'b'],
  ['the last used of those in memory', null, ['b', 'c'], ['c', 'a'], 'c'],
  ['one in memory rather than one that must be loaded', null, ['b'], ['c'], 'b'],
  ['the last used rather than the first in the alphabet', null, [], ['gone', 'c', 'b'], 'c'],
  ['the first where none was used', null, [], [], 'a'],
  ['another where the chosen one is gone', 'gone', [], ['b'], 'b'],
])('a new chat asks %s', (_, chosen, loaded, usedLast, expected) => {
  const models = ['a', 'b', 'c'].map((name) => ({ name, isLoaded: loaded.includes(name) }))
  expect(preferredModel(models, chosen, usedLast)?.name).toBe(expected)
  expect(preferredModel([], chosen, usedLast)).toBeNull()
})

test('F10: a context is of the chat, else of the model, else of the server', () => {
  expect(contextOwner(256, 2048, 8192)).toEqual({ from: 'chat', length: 256 })
  expect(contextOwner(null, 2048, 8192)).toEqual({ from: 'model', length: 2048 })
  expect(contextOwner(null, null, 8192)).toEqual({ from: 'server', length: 8192 })
  expect(contextOwner(null, null, null)).toEqual({ from: 'server', length: null })
})
