import { expect, test } from 'vitest'
import { PromptCache } from './prompt-cache'

const tokens = (text: string) => text.split(' ')

test('a prompt that begins as the last one did is not read again so far', () => {
  const cache = new PromptCache(1)
  cache.giveBack(cache.take(tokens('a b c')).place, tokens('a b c answer'))
  expect(cache.take(tokens('a b d'))).toEqual({ place: 0, knownTokens: 2, keptShare: 0.5 })
})

test('a prompt goes to the slot that knows most of it, and a strange one to the slot unused for longest', () => {
  const cache = new PromptCache(3)
  const taken = ['a b', 'c d', 'e f'].map((text) => ({ text, place: cache.take(tokens(text)).place }))
  for (const { text, place } of taken) cache.giveBack(place, tokens(text))
  expect(cache.take(tokens('c d x'))).toMatchObject({ place: 1, knownTokens: 2 })
  expect(cache.take(tokens('z'))).toMatchObject({ place: 0, knownTokens: 0 })
  expect(cache.take(tokens('z'))).toMatchObject({ place: 2 })
})
