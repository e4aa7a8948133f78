import { expect, test } from 'vitest'
import { titleOf } from './title'

test.each([
  ['What is a KV cache?', 'What is a KV cache?'],
  ['\n\n## Plan\nand more', 'Plan'],
  ['  two   blanks\tand a tab ', 'two blanks and a tab'],
  [
    'Write a Python function that retries an Ollama chat request with full jitter',
    'Write a Python function that retries an Ollama…',
  ],
  ['显存'.repeat(40), `${'显存'.repeat(24)}…`],
  ['🙂'.repeat(60), `${'🙂'.repeat(48)}…`],
  ['```', '```'],
])('a chat that begins with %j is called %j', (question, title) => expect(titleOf(question)).toBe(title))
