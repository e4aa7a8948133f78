import { expect, test } from 'vitest'
import { StopWatch } from './stop-watch'

/** What is sent of these tokens, and whether a stop text ended them. */
function sent(stops: string[], tokens: string[]) {
  const watch = new StopWatch(stops)
  let text = ''
  for (const token of tokens) {
    const { text: allowed, isStopped } = watch.take(token)
    text += allowed
    if (isStopped) return { text, isStopped }
  }
  return { text: text + watch.rest(), isStopped: false }
}

test.each([
  ['no stop text', [], ['one ', 'two'], 'one two', false],
  ['a stop text that never comes', ['END'], ['one ', 'two'], 'one two', false],
  ['a stop text in one token', ['END'], ['one ', 'END', 'two'], 'one ', true],
  ['a stop text over three tokens', ['END'], ['one ', 'E', 'N', 'D two'], 'one ', true],
  ['a beginning that comes to nothing', ['END'], ['E', 'NOUGH'], 'ENOUGH', false],
  ['a beginning at the very end', ['END'], ['one ', 'EN'], 'one EN', false],
  ['a beginning within a beginning', ['aab'], ['a', 'a', 'a', 'b', 'c'], 'a', true],
  ['the earlier of two', ['two', 'one'], ['an', ' one and two'], 'an ', true],
])('%s', (_, stops, tokens, text, isStopped) => {
  expect(sent(stops, tokens)).toEqual({ text, isStopped })
})
