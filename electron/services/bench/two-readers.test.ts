import { expect, test } from 'vitest'
import { seededRandom } from '../../../shared/measure/random'
import type { Outcome } from '../../../shared/measure/result'
import type { Protocol } from '../../wire/framing'
import { type Read, readers } from './two-readers.testing'

type Random = () => number

const one = <T>(random: Random, choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T

const texts = [
  'a',
  '',
  ' ',
  '显存',
  '🙂',
  '"done":false}',
  '"content":"x"',
  'data: [DONE]\n\n',
  '\u0000',
  '"error":',
  '\\"',
  '\r\n',
]

/** A record of a hostile stream: mostly words, now and then what real servers have sent, or nonsense. */
function openaiEvent(random: Random): string {
  const text = one(random, texts)
  const chunk = (delta: object, more: object = {}, finish: unknown = null) =>
    JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }], ...more })
  const usage = { usage: { prompt_tokens: 9, completion_tokens: Math.floor(random() * 99) } }
  const json = one(random, [
    chunk({ content: text }),
    chunk({ content: text }),
    chunk({ role: 'assistant', content: null }),
    chunk({ reasoning_content: text, content: '' }),
    chunk({ reasoning: text, content: one(random, texts) }),
    chunk({ content: text }, usage),
    chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: text || '{' } }] }),
    chunk({ content: text }, {}, one(random, ['stop', 'length', 'error', ''])),
    chunk({ content: text }, { error: one(random, [null, '', false, {}, 'x', { message: 'x' }]) }),
    JSON.stringify({ choices: [], ...usage }),
    '{"choices":[{"ind',
    '12',
  ])
  const end = one(random, ['\n\n', '\n\n', '\r\n\r\n'])
  return one(random, [
    ...Array.from({ length: 8 }, () => `data: ${json}${end}`),
    `data:${json}${end}`,
    `event: message\nid: 7\ndata: ${json}${end}`,
    `data: ${json.replaceAll(',"', ',\ndata: "')}${end}`,
    `: ping${end}`,
    `data: [DONE]${end}`,
    `event: error\ndata: ${one(random, ['{"message":"x"}', 'upstream exploded', '{"mess', 'null', '', text])}${end}`,
    `event: error${end}`,
    `{"error":{"message":"x"}}${end}`,
    `<html>${end}`,
  ])
}

function ollamaLine(random: Random): string {
  const text = one(random, texts)
  const line = one<unknown>(random, [
    { message: { role: 'assistant', content: text }, done: false },
    { message: { role: 'assistant', content: text }, done: false },
    { response: text, done: false },
    { message: { content: text, thinking: one(random, texts) }, done: false },
    { message: { content: '', tool_calls: [{ function: { name: 'f', arguments: { content: text } } }] }, done: false },
    { done: true, done_reason: one(random, ['stop', 'length', 'load', 'error']), eval_count: 3, eval_duration: 5e6 },
    { message: { content: text }, done: true, eval_count: 1 },
    { error: one(random, [null, false, {}, text, { message: text }]) },
    { error: one(random, ['', false, 'x']), message: { content: text }, done: false },
    { error: one(random, ['', {}, 'x']), message: { content: text }, done: true },
    12,
    null,
  ])
  return (random() < 0.03 ? '{"mess' : JSON.stringify(line)) + one(random, ['\n', '\n', '\r\n', '\n\n'])
}

/** Bytes in reads of any length, the last record perhaps without its end. */
function cut(random: Random, text: string): Read[] {
  const mark = random() < 0.1 ? '\uFEFF' : ''
  let bytes = Buffer.from(mark + text)
  if (random() < 0.3) bytes = bytes.subarray(0, bytes.length - Math.floor(random() * 12))
  const reads: Read[] = []
  const longest = one(random, [1, 7, 60, 4000])
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + Math.floor(random() * longest)
    reads.push({ t_ms: reads.length * 1.5, b64: bytes.subarray(at, at + length).toString('base64') })
    at += length
  }
  return reads
}

test.each<[Protocol, (random: Random) => string]>([
  ['openai', openaiEvent],
  ['ollama', ollamaLine],
])('both readers say the same of two thousand hostile %s streams', (protocol, record) => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = seededRandom(seed)
    const text = Array.from({ length: 1 + Math.floor(random() * 12) }, () => record(random)).join('')
    const reads = cut(random, text)
    const clock = readers.scanner.read(protocol, reads)
    const events = readers.wire.read(protocol, reads)
    const outcome = readers.wire.ends(clock.outcome as Outcome, clock.eventsMs.length)
    expect({ seed, text, ...events }).toEqual({ seed, text, ...clock, outcome })
  }
})
