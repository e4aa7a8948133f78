import { expect, test } from 'vitest'
import { chunkGaps, measureAnswer, rateAfterFirst, serverPrefillRate } from '../../../shared/measure/request'
import { judge } from './stream-request'
import { type Protocol, StreamScanner } from './stream-scanner'
import file from './vectors.json'

type Read = { t_ms: number; text?: string; b64?: string }

const bytesOf = (read: Read) =>
  read.b64 === undefined ? Buffer.from(read.text ?? '') : Buffer.from(read.b64, 'base64')

function metricsOf(protocol: Protocol, reads: readonly Read[]) {
  const scanner = new StreamScanner(protocol, 16)
  for (const read of reads) scanner.push(bytesOf(read), read.t_ms)
  const reading = scanner.end(reads[reads.length - 1]?.t_ms ?? 0)
  const eventsMs = reading.eventsMs()
  const { firstOutputMs, reasoningEvents, outputTokens, reasoningTokens, tokenSource } = reading
  const metrics = measureAnswer({
    eventsMs,
    firstOutputMs,
    reasoningEvents,
    outputTokens,
    reasoningTokens,
    tokenSource,
  })
  return {
    outcome: judge(reading).replace('-', '_'),
    events: reading.eventCount,
    token_source: tokenSource,
    output_tokens: outputTokens,
    reasoning_tokens: reasoningTokens,
    ttft_ms: metrics.ttftMs,
    ttfo_ms: metrics.ttfoMs,
    e2e_ms: metrics.e2eMs,
    icl_ms: chunkGaps(eventsMs),
    tpot_ms: metrics.tpotMs,
    decode_tps: metrics.decodeTokensPerSecond,
    e2e_tps: metrics.e2eTokensPerSecond,
    ntpot_ms: metrics.normalizedTpotMs,
    tokens_per_event: metrics.tokensPerEvent,
    prompt_tokens: reading.promptTokens,
    cached_tokens: reading.cachedTokens,
    load_ms: reading.loadMs,
    server_decode_tps: rateAfterFirst(outputTokens, reading.answerMs),
    server_prefill_tps: serverPrefillRate(reading.promptTokens, reading.promptMs),
    estimated: metrics.isEstimated,
  }
}

const near = (value: unknown): unknown => {
  if (typeof value === 'number') return expect.closeTo(value, 5)
  return Array.isArray(value) ? value.map(near) : value
}

const expected = (expect: object) =>
  Object.fromEntries(Object.entries(expect).map(([key, value]) => [key, near(value)]))

test.each(file.vectors)('vector $id: $note', (vector) => {
  expect(metricsOf(vector.protocol as Protocol, vector.reads)).toMatchObject(expected(vector.expect))
})

test.each(file.vectors)('vector $id counts the same however its bytes are cut', (vector) => {
  const whole = metricsOf(vector.protocol as Protocol, vector.reads)
  const bytewise = vector.reads.flatMap((read) =>
    Array.from(bytesOf(read), (byte) => ({ t_ms: read.t_ms, b64: Buffer.from([byte]).toString('base64') })),
  )
  expect(metricsOf(vector.protocol as Protocol, bytewise)).toEqual(whole)
  const atOnce = Buffer.concat(vector.reads.map(bytesOf)).toString('base64')
  const { events, outcome, output_tokens } = whole
  expect(metricsOf(vector.protocol as Protocol, [{ t_ms: 1, b64: atOnce }])).toMatchObject({
    events,
    outcome,
    output_tokens,
  })
})
