import { expect, test } from 'vitest'
import type { Protocol } from '../../wire/framing'
import { judge } from './outcomes'
import { StreamScanner } from './stream-scanner'

function read(protocol: Protocol, ...texts: string[]) {
  const scanner = new StreamScanner(protocol, 4)
  for (const [at, text] of texts.entries()) scanner.push(Buffer.from(text), at)
  return scanner.end(texts.length)
}

const line = (record: object) => `${JSON.stringify(record)}\n`
const event = (record: object | string) => `data: ${typeof record === 'string' ? record : JSON.stringify(record)}\n\n`
const delta = (delta: object, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta, finish_reason }] })
const plainError = 'event: error\ndata: upstream exploded\n\n'
const noError = JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], error: {} })

test('an empty first record does not stop the clock of the first token', () => {
  const ollama = read('ollama', line({ response: '', done: false }), line({ response: 'a', done: false }))
  expect(ollama.firstEventMs).toBe(1)
  const openai = read('openai', delta({ role: 'assistant', content: '' }), delta({ content: 'a' }))
  expect(openai.firstEventMs).toBe(1)
})

test('words that look like marks of the protocol are only words', () => {
  const tricky = '"done":true} "error": "usage":{ \n data: [DONE]'
  const ollama = read(
    'ollama',
    line({ response: tricky, done: false }),
    line({ response: '', done: true, eval_count: 1 }),
  )
  expect([ollama.eventCount, ollama.isDone, ollama.error]).toEqual([1, true, null])
  const openai = read('openai', delta({ content: tricky }), delta({}, 'stop'))
  expect([openai.eventCount, openai.isDone, openai.error, openai.isUnreadable]).toEqual([1, true, null, false])
})

test('thinking counts for the first token and not for the first output', () => {
  const reading = read(
    'ollama',
    line({ message: { role: 'assistant', content: '', thinking: 'hm' }, done: false }),
    line({ message: { role: 'assistant', content: 'a' }, done: false }),
  )
  expect([reading.firstEventMs, reading.firstOutputMs, reading.reasoningEvents]).toEqual([0, 1, 1])
})

test('a tool call is a token and the chunks around it are not', () => {
  const call = { tool_calls: [{ function: { arguments: '{"x":' } }] }
  const reading = read('openai', delta({ role: 'assistant', content: null }), delta(call), delta({}, 'tool_calls'))
  expect([reading.eventCount, reading.firstOutputMs, reading.finishReason]).toEqual([1, 1, 'tool_calls'])
})

test('half a chunk is no token', () => {
  expect(read('openai', delta({ content: 'a' }), delta({ content: 'b' }).slice(0, -4)).eventCount).toBe(1)
})

test('a usage that grows from chunk to chunk is taken last, never summed', () => {
  const chunk = (content: string, tokens: number) =>
    event({ choices: [{ delta: { content }, finish_reason: null }], usage: { completion_tokens: tokens } })
  expect(read('openai', chunk('a', 1), chunk('b', 2), event('[DONE]')).outputTokens).toBe(2)
})

test.each<[string, Protocol, string[], string]>([
  [
    'an error inside a stream that began well',
    'ollama',
    [line({ response: 'a', done: false }), line({ error: 'boom' })],
    'stream-error',
  ],
  ['an end without done', 'ollama', [line({ response: 'a', done: false })], 'truncated'],
  ['an end within a record', 'ollama', [line({ response: 'a', done: false }), '{"respon'], 'truncated'],
  ['a record that is none', 'ollama', ['<html>\n'], 'unreadable'],
  ['a proper end without a token', 'ollama', [line({ response: '', done: true })], 'empty'],
  ['a proper end', 'ollama', [line({ response: 'a', done: false }), line({ response: '', done: true })], 'ok'],
  ['no [DONE], but a reason to finish', 'openai', [delta({ content: 'a' }), delta({}, 'length')], 'ok'],
  ['no reason', 'openai', [delta({ content: 'a' })], 'truncated'],
  ['[DONE] and no reason', 'openai', [delta({ content: 'a' }), event('[DONE]')], 'truncated'],
  ['an error for a reason', 'openai', [delta({ content: 'a' }), delta({}, 'error')], 'stream-error'],
  ['an error in bare JSON', 'openai', [': PING\n\n', '{"error":{"message":"x"}}\n'], 'stream-error'],
  ['an error by its event name', 'openai', ['event: error\ndata: {"message":"x"}\n\n'], 'stream-error'],
  ['an error in plain words', 'openai', [delta({ content: 'a' }), plainError], 'stream-error'],
  ['an error in plain words, then a reason', 'openai', [plainError, delta({ content: 'a' }, 'stop')], 'stream-error'],
  ['an error by its name alone', 'openai', ['event: error\ndata:\n\n'], 'stream-error'],
  ['an error that is null', 'openai', ['event: error\ndata: null\n\n'], 'stream-error'],
  ['an error field that says none', 'openai', [delta({ content: 'a' }), `data: ${noError}\n\n`], 'ok'],
  ['an error field that says none', 'ollama', [line({ response: 'a', error: '', done: true })], 'ok'],
  ['an error beside words', 'ollama', [line({ error: 'boom', response: 'a', done: false })], 'stream-error'],
  ['nonsense after a token', 'openai', [delta({ content: 'a' }), '<html>\n\n'], 'truncated'],
  ['nonsense after a token', 'ollama', [line({ response: 'a', done: false }), '<html>\n'], 'truncated'],
  ['a page', 'openai', ['<html>\n<body>\n\n'], 'unreadable'],
  ['C4 L18: a mere load', 'ollama', [line({ done: true, done_reason: 'load' })], 'only-loaded'],
  [
    'the last record without its line end',
    'ollama',
    [line({ response: 'a', done: false }), '{"response":"","done":true}'],
    'ok',
  ],
])('%s', (_, protocol, texts, outcome) => {
  expect(judge(read(protocol, ...texts))).toBe(outcome)
})

test('a final record of a megabyte is read whole', () => {
  const context = Array.from({ length: 200_000 }, (_, i) => i % 1000)
  const text = line({ response: '', done: true, eval_count: 3, context })
  const pieces = Array.from({ length: 16 }, (_, i) => text.slice((i * text.length) / 16, ((i + 1) * text.length) / 16))
  expect(read('ollama', ...pieces).outputTokens).toBe(3)
})

test.each([
  ['missing', {}, null, null],
  ['0, as of a prompt that an old server had cached', { prompt_eval_count: 0 }, null, null],
  ['told', { prompt_eval_count: 400 }, 400, null],
  ['told with the part that was cached', { prompt_eval_count: 4000, prompt_eval_cached_count: 3990 }, 4000, 3990],
  ['told with no part cached', { prompt_eval_count: 4000, prompt_eval_cached_count: 0 }, 4000, 0],
  ['nonsense', { prompt_eval_count: '400', prompt_eval_cached_count: null }, null, null],
])('B1: a count of the prompt that is %s', (_, counts, promptTokens, cachedTokens) => {
  const reading = read('ollama', line({ response: 'a', done: true, done_reason: 'stop', eval_count: 3, ...counts }))
  expect(reading).toMatchObject({ promptTokens, cachedTokens, outputTokens: 3 })
})
