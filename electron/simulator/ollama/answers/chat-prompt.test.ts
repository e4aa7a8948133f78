import { expect, test } from 'vitest'
import { chatPrompt } from './chat-prompt'

const messages = ['system:rules', 'user:one', 'assistant:two', 'user:three'].map((said) => {
  const [role = '', text = ''] = said.split(':')
  return { role, text }
})
const promptIn = (characters: number) =>
  chatPrompt(messages, (prompt) => prompt.length <= characters).replaceAll('\n', ' ')

test.each([
  [100, 'rules one two three'],
  [16, 'rules two three'],
  [11, 'rules three'],
  [3, 'rules three'],
])('L4: of messages in room for %d, the oldest go, and the system and the last one stay', (room, kept) => {
  expect(promptIn(room)).toBe(kept)
})
