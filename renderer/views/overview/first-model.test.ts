import { expect, test } from 'vitest'
import { choiceAmong, modelToAsk } from './first-model'

const models = ['llama3.2:3b', 'llama3.3:70b', 'qwen3:latest'].map((name) => ({ name }))
const asked = (toAsk: string | null, toPull: string | null, loaded: string[] = []) =>
  modelToAsk(models, { toAsk, toPull }, (name) => loaded.includes(name))

test('F16: a choice is kept when the server comes up with models of its own', () => {
  expect(choiceAmong('llama3.3:70b', models)).toEqual({ name: 'llama3.3:70b', isInstalled: true })
  expect(choiceAmong('gemma3:12b', models)).toEqual({ name: 'gemma3:12b', isInstalled: false })
  expect(choiceAmong('qwen3', models)).toEqual({ name: 'qwen3:latest', isInstalled: true })
  expect(choiceAmong(null, models)).toBeNull()
})

test.each([
  ['the one that was chosen to be asked', 'qwen3:latest', 'llama3.3:70b', [], 'qwen3:latest'],
  ['the one that was chosen to begin with', null, 'llama3.3:70b', ['llama3.2:3b'], 'llama3.3:70b'],
  ['one in memory rather than the first', null, 'gemma3:12b', ['qwen3:latest'], 'qwen3:latest'],
  ['the first where nobody chose', null, null, [], 'llama3.2:3b'],
])('F16: asked is %s', (_, toAsk, toPull, loaded, expected) => {
  expect(asked(toAsk, toPull, loaded)).toBe(expected)
  expect(modelToAsk([], { toAsk, toPull }, () => false)).toBeNull()
})
