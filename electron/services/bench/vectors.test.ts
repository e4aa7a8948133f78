import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { chunkGaps, measureAnswer, rateAfterFirst, serverPrefillRate } from '../../../shared/measure/request'
import type { Outcome } from '../../../shared/measure/result'
import type { Protocol } from '../../wire/framing'
import { bytesOf, type Read, readers, type Said } from './two-readers.testing'

type Vector = { id: string; protocol: Protocol; reads: Read[]; expect: Record<string, unknown> }

function metricsOf(said: Said): Record<string, unknown> {
  const metrics = measureAnswer(said)
  return {
    outcome: said.outcome,
    events: said.eventsMs.length,
    token_source: said.tokenSource,
    output_tokens: said.outputTokens,
    reasoning_tokens: said.reasoningTokens,
    ttft_ms: metrics.ttftMs,
    ttfo_ms: metrics.ttfoMs,
    e2e_ms: metrics.e2eMs,
    icl_ms: chunkGaps(said.eventsMs),
    tpot_ms: metrics.tpotMs,
    decode_tps: metrics.decodeTokensPerSecond,
    e2e_tps: metrics.e2eTokensPerSecond,
    ntpot_ms: metrics.normalizedTpotMs,
    tokens_per_event: metrics.tokensPerEvent,
    max_gap_ms: metrics.maxGapMs,
    prompt_tokens: said.promptTokens,
    cached_tokens: said.cachedTokens,
    load_ms: said.loadMs,
    server_decode_tps: rateAfterFirst(said.outputTokens, said.answerMs),
    server_prefill_tps: serverPrefillRate(said.promptTokens, said.promptMs),
    estimated: metrics.isEstimated,
  }
}

/** Times to 0.01 ms, rates to a hundred thousandth, all else exactly. */
function near(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => near(key, one))
  if (typeof value !== 'number') return value
  const isExact = !/_ms$|_tps$|_per_event$/.test(key)
  const within = key.endsWith('_ms') ? 0.01 : Math.abs(value) * 1e-5
  return isExact
    ? value
    : expect.toSatisfy((seen) => Math.abs(seen - value) <= within + 1e-9, `within ${within} of ${value}`)
}

const file = resolve(process.env.CORRAL_BENCH_VECTORS ?? join(import.meta.dirname, 'vectors.json'))
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }
const cases = vectors.flatMap((vector) =>
  Object.entries(readers).map(([reader, how]) => ({ name: `${vector.id} ${reader}`, ...vector, ...how })),
)

for (const { name, protocol, reads, read, ends, expect: told } of cases) {
  test(name, () => {
    const { outcome, ...others } = told
    const wanted = Object.fromEntries(Object.entries(others).map(([key, value]) => [key, near(key, value)]))
    const said = read(protocol, reads)
    if (outcome !== undefined) {
      wanted.outcome = ends(String(outcome).replaceAll('_', '-') as Outcome, said.eventsMs.length)
    }
    expect(metricsOf(said)).toMatchObject(wanted)

    const bytewise = reads.flatMap((one) =>
      Array.from(bytesOf(one), (byte) => ({ t_ms: one.t_ms, b64: Buffer.from([byte]).toString('base64') })),
    )
    expect(read(protocol, bytewise)).toEqual(said)

    const atOnce = [{ t_ms: 1, b64: Buffer.concat(reads.map(bytesOf)).toString('base64') }]
    const eventsMs = Array.from(said.eventsMs, () => 1)
    const { outcome: end, outputTokens } = said
    expect(read(protocol, atOnce)).toMatchObject({ outcome: end, outputTokens, eventsMs })
  })
}
