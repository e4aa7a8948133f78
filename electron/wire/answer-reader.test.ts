import { expect, test } from 'vitest'
import type { AnswerEvent } from '../../shared/backends/answer-event'
import { Failure } from '../../shared/failure'
import { AnswerReader, type BodyEnd } from './answer-reader'
import type { Protocol } from './framing'

const lost: BodyEnd = { by: 'link', failure: new Failure('serverConnectionLost', 'reset') }

/** The events of a body, given in pieces of so many bytes. */
function read(protocol: Protocol, body: string | Buffer, end: BodyEnd = { by: 'itself' }, pieceBytes = 1 << 20) {
  const reader = new AnswerReader(protocol)
  const bytes = Buffer.from(body as string)
  const events: AnswerEvent[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    events.push(...reader.take(bytes.subarray(at, at + pieceBytes)).flat())
  }
  events.push(...reader.end(end))
  expect(reader.end(end)).toEqual([])
  return summary(events)
}

function summary(events: readonly AnswerEvent[]) {
  const end = events.at(-1)
  if (end?.kind !== 'end' || events.filter(({ kind }) => kind === 'end').length !== 1) throw new Error('one end, last')
  const said = (of: string) =>
    events.flatMap((event) => (event.kind === 'delta' && event.of === of ? event.text : [])).join('')
  return {
    text: said('text'),
    thinking: said('thinking'),
    tools: events.filter((event) => event.kind === 'tool'),
    usage: events.find((event) => event.kind === 'usage') ?? null,
    outcome: end.outcome,
    finishReason: end.finishReason,
    failure: end.failure?.code ?? null,
    detail: end.failure?.detail,
    server: end.server,
  }
}

const line = (record: object) => `${JSON.stringify(record)}\n`
const event = (record: object | string) => `data: ${typeof record === 'string' ? record : JSON.stringify(record)}\n\n`
const chunk = (delta: object, finish_reason: string | null = null, more = {}) =>
  event({ choices: [{ index: 0, delta, finish_reason }], ...more })
const a = chunk({ content: 'a' })
const stop = chunk({}, 'stop')
const done = event('[DONE]')
const plainError = 'event: error\ndata: upstream exploded\n\n'
const said = (content: string) => line({ message: { role: 'assistant', content }, done: false })
const last = { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }

test.each<[string, Protocol, string, BodyEnd, string, string | null]>([
  ['a finish reason came', 'openai', a + stop + done, { by: 'itself' }, 'done', null],
  ['a finish reason came, and no end mark', 'openai', a + stop, { by: 'itself' }, 'done', null],
  ['a finish reason came, and then the link broke', 'openai', a + stop, lost, 'done', null],
  ['it ran into its length', 'openai', a + chunk({}, 'length') + done, { by: 'itself' }, 'done', null],
  ['a filter ended it', 'openai', a + chunk({}, 'content_filter') + done, { by: 'itself' }, 'done', null],
  ['a reason came without a word', 'openai', stop + done, { by: 'itself' }, 'done', null],
  ['an end mark proves nothing', 'openai', a + done, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['an end mark alone', 'openai', done, { by: 'itself' }, 'failed', 'answerEndedEarly'],
  ['it ended without a reason', 'openai', a, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['the link broke after words', 'openai', a, lost, 'cut', 'serverConnectionLost'],
  [
    'the link broke before any',
    'openai',
    chunk({ role: 'assistant', content: '' }),
    lost,
    'failed',
    'serverConnectionLost',
  ],
  ['nothing came at all', 'openai', '', { by: 'itself' }, 'failed', 'answerEndedEarly'],
  ['we ended it', 'openai', a, { by: 'us' }, 'stopped', null],
  ['we ended it before a word', 'openai', '', { by: 'us' }, 'stopped', null],
  ['we left what had ended', 'openai', a + stop, { by: 'us' }, 'done', null],
  ['the reason is an error', 'openai', a + chunk({}, 'error') + done, { by: 'itself' }, 'failed', 'relayFailed'],
  ['an error first', 'openai', event({ error: { message: 'x' } }) + done, { by: 'itself' }, 'failed', 'relayFailed'],
  ['an error in the middle', 'openai', a + event({ error: 'x' }) + done, { by: 'itself' }, 'failed', 'relayFailed'],
  ['an error after the reason', 'openai', a + stop + event({ error: 'x' }), { by: 'itself' }, 'failed', 'relayFailed'],
  [
    'an error after the end mark',
    'openai',
    a + stop + done + event({ error: 'x' }),
    { by: 'itself' },
    'failed',
    'relayFailed',
  ],
  [
    'an error of a Claude relay',
    'openai',
    a + event({ type: 'error', error: 'aborted' }),
    { by: 'itself' },
    'failed',
    'relayFailed',
  ],
  [
    'an error by its event name',
    'openai',
    `${a}event: error\n${event({ message: 'x' })}`,
    { by: 'itself' },
    'failed',
    'relayFailed',
  ],
  ['an error in plain words', 'openai', a + plainError, { by: 'itself' }, 'failed', 'relayFailed'],
  ['an error in plain words, then silence', 'openai', a + plainError, lost, 'failed', 'relayFailed'],
  [
    'an error in plain words, then a reason',
    'openai',
    a + plainError + stop,
    { by: 'itself' },
    'failed',
    'relayFailed',
  ],
  ['an error in plain words after the reason', 'openai', a + stop + plainError, { by: 'us' }, 'failed', 'relayFailed'],
  ['an error by its name alone', 'openai', `${a}event: error\ndata:\n\n`, { by: 'itself' }, 'failed', 'relayFailed'],
  ['an error that is null', 'openai', `${a}event: error\ndata: null\n\n`, { by: 'itself' }, 'failed', 'relayFailed'],
  [
    'an error beside a chunk',
    'openai',
    a + chunk({}, 'error', { error: { code: 502 } }),
    { by: 'itself' },
    'failed',
    'relayFailed',
  ],
  [
    'bare JSON after pings',
    'openai',
    ': PING\n\n: PING\n\n{"error":{"code":"rate_limit_exceeded"}}',
    { by: 'itself' },
    'failed',
    'rateLimited',
  ],
  ['no error but a null', 'openai', chunk({ content: 'a' }, 'stop', { error: null }), { by: 'itself' }, 'done', null],
  ['a page', 'openai', '<!DOCTYPE html>\n<html>x</html>', { by: 'itself' }, 'failed', 'websiteNotApi'],
  [
    'nonsense in the middle of a whole answer',
    'openai',
    `${a}data: {"choices":[{"ind\n\n${stop}`,
    { by: 'itself' },
    'done',
    null,
  ],
  ['nonsense and no reason', 'openai', `${a}data: {"choices":[{"ind\n\n`, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['nonsense before a word', 'openai', `data: {"choices":[{"ind\n\n`, { by: 'itself' }, 'failed', 'relayFailed'],
  ['half a chunk at the end', 'openai', `${a}data: {"choices":[{"ind`, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['a last chunk without its line end', 'openai', a + stop.trimEnd(), { by: 'itself' }, 'done', null],
  ['done', 'ollama', said('a') + line(last), { by: 'itself' }, 'done', null],
  ['done, without a last line end', 'ollama', said('a') + line(last).trimEnd(), { by: 'itself' }, 'done', null],
  [
    'done for its length',
    'ollama',
    said('a') + line({ ...last, done_reason: 'length' }),
    { by: 'itself' },
    'done',
    null,
  ],
  [
    'done, of an old version that gives no reason',
    'ollama',
    said('a') + line({ done: true }),
    { by: 'itself' },
    'done',
    null,
  ],
  ['C4: a mere load', 'ollama', line({ ...last, done_reason: 'load' }), { by: 'itself' }, 'failed', 'modelOnlyLoaded'],
  ['C4: a mere unload', 'ollama', line({ ...last, done_reason: 'unload' }), { by: 'us' }, 'failed', 'modelOnlyLoaded'],
  ['C4: an end without reason or counts', 'ollama', line({ done: true }), { by: 'itself' }, 'done', null],
  ['no done', 'ollama', said('a'), { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['half a record', 'ollama', `${said('a')}{"message":{"con`, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  [
    'an error in the middle',
    'ollama',
    said('a') + line({ error: 'an error was encountered while running the model: unexpected EOF' }),
    { by: 'itself' },
    'failed',
    'runnerEnded',
  ],
  [
    'an error, and then done',
    'ollama',
    said('a') + line({ error: 'x' }) + line(last),
    { by: 'itself' },
    'failed',
    'ollamaFailed',
  ],
  [
    'an error as an object',
    'ollama',
    line({ error: { message: 'out of memory' } }),
    { by: 'itself' },
    'failed',
    'modelTooLarge',
  ],
  ['nonsense', 'ollama', '<html>\n', { by: 'itself' }, 'failed', 'ollamaFailed'],
  ['nonsense after words', 'ollama', `${said('a')}<html>\n`, { by: 'itself' }, 'cut', 'answerEndedEarly'],
  ['the link broke after words', 'ollama', said('a'), lost, 'cut', 'serverConnectionLost'],
])('%s (%s): %j ended %j is %s, %s', (_, protocol, body, end, outcome, failure) => {
  for (const pieceBytes of [1 << 20, 1, 3, 7]) {
    expect(read(protocol, body, end, pieceBytes)).toMatchObject({ outcome, failure })
  }
})

test('text, thought and their order are kept, of all spellings', () => {
  const openai = [
    { reasoning: 'h' },
    { reasoning_content: 'm' },
    { reasoning: 'x', reasoning_content: 'x' },
    { content: '显' },
  ]
  const body = openai.map((delta) => chunk(delta)).join('') + stop
  for (const bytes of [1, 2, 1 << 20]) {
    expect(read('openai', body, { by: 'itself' }, bytes)).toMatchObject({ thinking: 'hmx', text: '显' })
  }
  const ollama = line({ message: { thinking: 'hm', content: '' } }) + said('🙂\0') + line(last)
  expect(read('ollama', ollama)).toMatchObject({ thinking: 'hm', text: '🙂\0' })
  expect(read('ollama', line({ response: 'a', done: false }) + line({ response: '', done: true }))).toMatchObject({
    text: 'a',
  })
})

test('lines may end in any way, an event may have several, and a mark of the byte order is none', () => {
  const spread = `\uFEFF: hello\r\n\r\nid: 1\r\nevent: message\r\ndata: {"choices":[{"delta":\r\ndata:{"content":"a"}}]}\r\n\r\n`
  const tight = 'data:{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}]}\n\n'
  for (const bytes of [1, 5, 1 << 20]) {
    expect(read('openai', spread + tight, { by: 'itself' }, bytes)).toMatchObject({ text: 'ab', outcome: 'done' })
  }
  expect(read('ollama', `\uFEFF${said('a')}\r\n${line(last)}`)).toMatchObject({ text: 'a', outcome: 'done' })
})

test('a call comes in pieces, or whole; either way its pieces say where they belong', () => {
  const calls = [
    { index: 0, id: 'c1', function: { name: 'weather', arguments: '' } },
    { index: 0, function: { arguments: '{"city":' } },
    { index: 0, function: { arguments: '"上海"}' } },
    { index: 1, id: 'c2', function: { name: 'time', arguments: '{}' } },
  ]
  const body = calls.map((call) => chunk({ tool_calls: [call] })).join('') + chunk({}, 'tool_calls')
  const { tools, outcome, finishReason } = read('openai', body)
  expect([outcome, finishReason]).toEqual(['done', 'tool_calls'])
  expect(tools).toEqual([
    { kind: 'tool', index: 0, id: 'c1', name: 'weather', argumentsText: '' },
    { kind: 'tool', index: 0, id: null, name: null, argumentsText: '{"city":' },
    { kind: 'tool', index: 0, id: null, name: null, argumentsText: '"上海"}' },
    { kind: 'tool', index: 1, id: 'c2', name: 'time', argumentsText: '{}' },
  ])
  const whole = (name: string) => line({ message: { tool_calls: [{ function: { name, arguments: { n: 1 } } }] } })
  expect(read('ollama', whole('f') + whole('g') + line(last)).tools).toEqual([
    { kind: 'tool', index: 0, id: null, name: 'f', argumentsText: '{"n":1}' },
    { kind: 'tool', index: 1, id: null, name: 'g', argumentsText: '{"n":1}' },
  ])
  expect(read('openai', chunk({ tool_calls: [calls[0]] })).outcome).toBe('cut')
})

test('the last count of tokens is told once, just before the end', () => {
  const usage = (completion_tokens: number) => ({
    usage: {
      prompt_tokens: 9,
      completion_tokens,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens_details: { reasoning_tokens: 2 },
    },
  })
  const body = chunk({ content: 'a' }, null, usage(1)) + stop + event({ choices: [], ...usage(3) }) + done
  const tokens = { input: 9, cached: 4, cacheWritten: null, output: 3, reasoning: 2 }
  expect(read('openai', body).usage).toEqual({ kind: 'usage', ...tokens, source: 'server' })
  expect(read('openai', a + stop + done).usage).toBeNull()
  // An error may be paid for: what came after it counts.
  expect(read('openai', a + event({ error: 'x' }) + event({ choices: [], ...usage(1) })).usage).toMatchObject({
    output: 1,
  })
})

test("the server's own times come with the end", () => {
  const times = { total_duration: 4e9, load_duration: 1e9, prompt_eval_duration: 5e8, eval_duration: 2.5e9 }
  const counted = { ...last, ...times, eval_count: 20, prompt_eval_count: 7 }
  const ollama = read('ollama', said('a') + line(counted))
  expect(ollama.server).toEqual({ totalMs: 4000, loadMs: 1000, promptMs: 500, answerMs: 2500 })
  expect(ollama.usage).toMatchObject({ input: 7, output: 20, cached: null })
  const llama = read('openai', a + chunk({}, 'stop', { timings: { prompt_ms: 2, predicted_ms: 30 } }))
  expect(llama.server).toEqual({ totalMs: null, loadMs: null, promptMs: 2, answerMs: 30 })
})

test('an answer that was not streamed, though asked for, is read', () => {
  const whole = { choices: [{ message: { content: 'all' }, finish_reason: 'stop' }], usage: { completion_tokens: 1 } }
  expect(read('openai', JSON.stringify(whole))).toMatchObject({ text: 'all', outcome: 'done', usage: { output: 1 } })
})

test.each(['', false, null, {}])('an error field that holds %j says no error', (error) => {
  expect(read('openai', a + chunk({}, 'stop', { error }) + done).outcome).toBe('done')
  expect(read('ollama', said('a') + line({ ...last, error })).outcome).toBe('done')
})

test('words beside an error are kept', () => {
  const both = line({ message: { role: 'assistant', content: 'hi' }, error: 'boom' })
  expect(read('ollama', both)).toMatchObject({ outcome: 'failed', text: 'hi' })
})

test('the plain words of an error are told', () => {
  expect(read('openai', a + plainError)).toMatchObject({ text: 'a', detail: 'upstream exploded' })
})

test.each([
  ['missing', {}, null, null],
  ['0', { prompt_eval_count: 0 }, null, null],
  ['null', { prompt_eval_count: null }, null, null],
  ['a text', { prompt_eval_count: '9' }, null, null],
  ['told with what was cached', { prompt_eval_count: 4000, prompt_eval_cached_count: 3990 }, 4000, 3990],
  ['told without what was cached', { prompt_eval_count: 10, prompt_eval_cached_count: 3990 }, 4000, 3990],
  ['wholly cached and not counted', { prompt_eval_cached_count: 3990 }, 3990, 3990],
])('B1: a prompt count that is %s is unknown where it says nothing, and never 0', (_, counts, input, cached) => {
  const body = said('a') + line({ ...last, eval_count: 3, ...counts })
  expect(read('ollama', body).usage).toMatchObject({ input, cached, output: 3 })
})
