import { expect, test } from 'vitest'
import type { BenchStage, Verdict } from './result'
import { type SeenRequest, serverWait } from './stage'
import { answer, codes, inTurn, measured, together } from './stage.testing'

test('one stream is measured after its first answer, and its rate is that of tokens over time', () => {
  const stage = measured(inTurn(10))
  expect(stage.window).toEqual({ kind: 'steady', startMs: 1100, endMs: 11_000 })
  expect(stage.counts).toMatchObject({ ok: 10, inWindow: 9 })
  expect(stage.perStream.ttftMs?.median.value).toBe(100)
  expect(stage.perStream.decodeTokensPerSecond?.median.value).toBe(100)
  // 9 answers of 101 tokens in 9.9 s, and the last token of the first one on the edge
  expect(stage.system.outputTokensPerSecond?.value).toBeCloseTo((9 * 101 + 1) / 9.9, 6)
  expect(stage.system.meanInFlight).toBeCloseTo(1, 6)
})

test('ramp and drain of many streams stay out of the window', () => {
  const stage = measured(together(4, 6), { concurrency: 4 })
  expect(stage.window).toEqual({ kind: 'steady', startMs: 1103, endMs: 5503 })
  expect(stage.counts.inWindow).toBeLessThan(24)
  expect(stage.system.meanInFlight).toBeCloseTo(4, 2)
  expect(stage.system.outputTokensPerSecond?.value).toBeCloseTo((4 * 101) / 1.1, 0)
  expect(stage.system.littleErrorPercent).toBeLessThan(25)
})

test('a step too short for a steady window says that ramp and drain are in its figures', () => {
  const stage = measured(together(8, 2), { concurrency: 8 })
  expect(stage.window.kind).toBe('loaded')
  expect(stage.counts.inWindow).toBe(16)
  expect(codes(stage)).toContain('ramp-included')
  expect(codes(measured(together(4, 8), { concurrency: 4 }))).not.toContain('ramp-included')
})

test('failures never enter a distribution and are counted by kind', () => {
  const stage = measured(inTurn(10, (i) => (i % 3 === 2 ? { outcome: 'truncated', ttftMs: 9999, tpotMs: 999 } : {})))
  expect(stage.counts).toMatchObject({ ok: 7, failed: 3, byOutcome: { ok: 7, truncated: 3 } })
  expect(stage.perStream.ttftMs?.max).toBe(100)
  expect(stage.tokens.output).toBe(7 * 101)
})

test('a step of which nothing succeeded has no figures and no invented ones', () => {
  const stage = measured(inTurn(3, () => ({ outcome: 'connect', ttftMs: null, eventsMs: [] })))
  expect(stage.window.kind).toBe('none')
  expect([stage.perStream.ttftMs, stage.system.outputTokensPerSecond, stage.system.scaling]).toEqual([null, null, null])
})

test('a short answer keeps its first token and leaves the comparison of whole answers', () => {
  const short = { isShort: true, outputTokens: 20, eventsMs: [300], ttftMs: 300 }
  const stage = measured(inTurn(10, (i) => (i === 5 ? short : {})))
  expect(stage.perStream.ttftMs?.max).toBe(300)
  expect(stage.perStream.e2eMs?.n).toBe(8)
  expect(stage.perStream.tpotMs?.n).toBe(8)
})

test('a request that made the server load the model again is left out', () => {
  const stage = measured(inTurn(10, (i) => (i === 5 ? { isReload: true, ttftMs: 5000 } : {})))
  expect(stage.perStream.ttftMs?.max).toBe(100)
})

test('an answer whose events carry several tokens counts its tokens, not its events', () => {
  const double = { outputTokens: 201, tokensPerEvent: 2, tpotMs: 5 }
  const stage = measured(inTurn(10, () => double))
  expect(stage.system.outputTokensPerSecond?.value).toBeCloseTo((9 * 201 + 2) / 9.9, 6)
})

const solo = measured(inTurn(40))
const cached = { serverPromptMs: 10 }

test.each<[Verdict['code'], BenchStage, BenchStage]>([
  ['few-requests', measured(inTurn(10)), measured(inTurn(40))],
  ['failures', measured(inTurn(10, (i) => (i === 4 ? { outcome: 'stream-error' } : {}))), measured(inTurn(10))],
  [
    'short-answers',
    measured(inTurn(10, (i) => (i > 7 ? { isShort: true } : {}))),
    measured(inTurn(10, (i) => (i > 8 ? { isShort: true } : {}))),
  ],
  [
    'client-limited',
    measured(inTurn(10), { client: { eventLoopUtilization: 0.71, loopDelayP99Ms: 1 } }),
    measured(inTurn(10), { client: { eventLoopUtilization: 0.69, loopDelayP99Ms: 9 } }),
  ],
  ['cache-suspect', measured(inTurn(10, (i) => (i === 4 ? cached : {}))), measured(inTurn(10))],
  [
    'cache-suspect',
    measured(
      inTurn(10, () => cached),
      {},
      { solo: null, freshPrefillRate: 2000 },
    ),
    measured(
      inTurn(10, () => cached),
      {},
      { solo: null, freshPrefillRate: 15_000 },
    ),
  ],
  [
    'cache-suspect',
    measured(inTurn(10, () => ({ cachedTokens: 12 }))),
    measured(inTurn(10, () => ({ cachedTokens: 5 }))),
  ],
  [
    'above-ceiling',
    measured(inTurn(10), { ceilingTokensPerSecond: 99 }),
    measured(inTurn(10), { ceilingTokensPerSecond: 101 }),
  ],
  ['of-ceiling', measured(inTurn(10), { ceilingTokensPerSecond: 101 }), measured(inTurn(10))],
  ['estimated-tokens', measured(inTurn(10, () => ({ tokenSource: 'chunks' }))), measured(inTurn(10))],
  [
    'drift',
    measured(
      inTurn(6, () => ({ tpotMs: 10.6 })),
      { kind: 'drift' },
      { solo, freshPrefillRate: null },
    ),
    measured(
      inTurn(6, () => ({ tpotMs: 10.4 })),
      { kind: 'drift' },
      { solo, freshPrefillRate: null },
    ),
  ],
  [
    'scales',
    measured(together(4, 8), { concurrency: 4 }, { solo, freshPrefillRate: null }),
    measured(inTurn(40), {}, { solo, freshPrefillRate: null }),
  ],
])('%s is said when it is so and not when it is not', (code, withIt, without) => {
  expect(codes(withIt)).toContain(code)
  expect(codes(without)).not.toContain(code)
})

test('a step whose requests wait a quarter of their time for a slot says so', () => {
  const waiting = { serverTotalMs: 1505, ttftMs: 505 }
  const stage = (change: Partial<SeenRequest>) =>
    measured(
      together(4, 8).map((request) => ({ ...request, ...change })),
      { concurrency: 4 },
      { solo, freshPrefillRate: null },
    )
  expect(codes(stage(waiting))).toContain('queues')
  expect(codes(stage({}))).not.toContain('queues')
})

test('four streams of which one is answered at a time are called serialized', () => {
  const queued = Array.from({ length: 40 }, (_, i) =>
    answer(i + 1, Math.max(0, (i - 3) * 1100), { slot: i % 4 }, 100 + Math.min(i, 3) * 1100),
  )
  const stage = measured(queued, { concurrency: 4 }, { solo, freshPrefillRate: null })
  expect(codes(stage)).toContain('serialized')
  expect(stage.system.scaling).toBeCloseTo(1, 1)
})

test('slots that are not kept busy are the fault of the client', () => {
  const idle = Array.from({ length: 40 }, (_, i) => answer(i + 1, i * 1400))
  expect(codes(measured(idle))).toContain('client-limited')
})

test('ten thousand requests are measured in well under a second', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    answer(i + 1, Math.floor(i / 32) * 1100, { slot: i % 32, eventsMs: [100, 600, 1100], ttftMs: 100 + (i % 7) }),
  )
  const stage = measured(many, { concurrency: 32 })
  expect(stage.perStream.ttftMs?.p99).not.toBeNull()
  expect(stage.timeline.tokensPerSecond.length).toBeLessThanOrEqual(600)
})

test('a wait in the queue is never longer than what was seen before the first token', () => {
  const times = { serverTotalMs: 1000, serverLoadMs: 10, serverPromptMs: 20, serverAnswerMs: 800 }
  expect(serverWait({ ...times, ttftMs: 400 })).toBe(170)
  expect(serverWait({ ...times, ttftMs: 56 })).toBe(36)
  expect(serverWait({ ...times, ttftMs: 15 })).toBe(0)
})
