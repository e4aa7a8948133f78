import { expect, test } from 'vitest'
import { cameInOnePiece, timePerToken } from './decode'
import { isTooWide } from './interval'
import { prefillRate } from './request'
import type { BenchStage, Verdict } from './result'
import { measureStage } from './stage'
import { answer, codes, inTurn, measured, together } from './stage.testing'
import { runVerdicts } from './verdicts'

const verdict = (stage: BenchStage, code: Verdict['code']) => stage.verdicts.find((one) => one.code === code)

const atOnce = Array.from({ length: 101 }, () => 1100)
/** All of it in one read: what is seen between the first and the last token is next to nothing. */
const onePiece = { eventsMs: atOnce, ttftMs: 1100, tpotMs: 0.000_02, events: 101 }

test.each([
  ['all at once', onePiece, 10],
  ['in one record', { eventsMs: [1100], tpotMs: null, events: 1 }, 10],
  ['the first token, and then the rest', { eventsMs: [100, ...atOnce.slice(1)], tpotMs: 10 }, 10],
  ['the last token apart', { eventsMs: [...atOnce.slice(1), 1101.5], tpotMs: 0.015 }, 10],
  ['spread, but within a moment', { eventsMs: [1000, 1002, 1004, 1006], tpotMs: 0.06 }, 10],
  ['as it was written', {}, 10],
  ['as it was written, two tokens a record', { eventsMs: [100, 600, 1100] }, 10],
  ['all at once from a server that tells no time', { ...onePiece, serverAnswerMs: null }, null],
])('L13: the time per token of an answer that came %s', (_, change, tpotMs) => {
  expect(timePerToken(answer(1, 0, change))).toBe(tpotMs)
})

test('L13: one token is no piece of anything', () => {
  expect(cameInOnePiece(answer(1, 0, { outputTokens: 1, eventsMs: [100], tpotMs: null }))).toBe(false)
})

test('L13: answers in one piece widen no interval, and are told', () => {
  const stage = measured(inTurn(40, (i) => (i % 4 === 0 ? onePiece : {})))
  const decode = stage.perStream.decodeTokensPerSecond?.median
  expect(decode).toMatchObject({ value: 100, low: 100, high: 100, n: 39 })
  expect(verdict(stage, 'one-piece')).toMatchObject({ level: 'info', values: { requests: 9, leftOut: 0, asked: 39 } })
})

test('L13: without a time of the server they are left out, and that is told', () => {
  const stage = measured(inTurn(40, (i) => (i % 4 === 0 ? { ...onePiece, serverAnswerMs: null } : {})))
  expect(stage.perStream.decodeTokensPerSecond).toMatchObject({ n: 30, max: 100 })
  expect(verdict(stage, 'one-piece')).toMatchObject({ level: 'caution', values: { leftOut: 9 } })
})

test('L13: all tokens of an answer in one record count for the rate of the system', () => {
  const stage = measured(inTurn(10, () => ({ eventsMs: [1099], tokensPerEvent: null, tpotMs: null, events: 1 })))
  expect(stage.system.outputTokensPerSecond?.value).toBeCloseTo((9 * 101) / 9.9, 6)
})

test.each([
  [439, -430_834, 431_712, true],
  [100, 80, 125, false],
  [100, 40, 141, true],
  [100, null, null, false],
])('L13: an interval of %s from %s to %s is too wide to draw: %s', (value, low, high, isWide) => {
  expect(isTooWide({ value, low, high })).toBe(isWide)
})

const client = (loopDelayP99Ms: number, eventLoopUtilization = 0.1) => ({
  client: { loopDelayP99Ms, eventLoopUtilization },
})

test.each([
  ['2 % of a first token of 1,040 ms', 22, 1040, 'info', 2.1],
  ['6 % of a first token of 360 ms', 22, 360, 'caution', 6.1],
  ['22 % of a first token of 100 ms', 22, 100, 'bad', 22],
])('F18: a client that is late by %s is told as it matters', (_, lateMs, ttftMs, level, percent) => {
  const stage = measured(
    inTurn(40, () => ({ ttftMs })),
    client(lateMs),
  )
  expect(verdict(stage, 'client-limited')?.level).toBe(level)
  expect(verdict(stage, 'client-limited')?.values.latePercent).toBeCloseTo(percent, 1)
  expect(runVerdicts([stage], null).some(({ code }) => code === 'client-fine')).toBe(false)
})

test.each([
  [1170, 'caution'],
  [1400, 'bad'],
])(
  'F18: streams without a request are told by their part of the rate: one request every %s ms is %s',
  (every, level) => {
    const stage = measured(Array.from({ length: 40 }, (_, i) => answer(i + 1, i * every)))
    expect(verdict(stage, 'client-limited')?.level).toBe(level)
  },
)

test('F18: a few cached prompts do not move a median, many do', () => {
  const cached = { serverPromptMs: 10 }
  const few = measured(inTurn(41, (i) => (i === 7 ? cached : {})))
  const many = measured(inTurn(41, (i) => (i % 5 === 0 ? cached : {})))
  expect(verdict(few, 'cache-suspect')).toMatchObject({ level: 'caution', values: { requests: 1, asked: 40 } })
  expect(verdict(many, 'cache-suspect')?.level).toBe('bad')
})

test.each([
  ['4,000 of which 3,990 were cached, in 5 ms', 4000, 3990, 5, 2000],
  ['no word about a cache', 4000, null, 1000, 4000],
  ['all of it cached', 4000, 4000, 1, null],
  ['not counted', null, null, 5, null],
  ['not counted, though some was cached', null, 30, 5, null],
])('B1: the speed of a prompt counts what was read anew: %s', (_, promptTokens, cachedTokens, serverPromptMs, rate) => {
  expect(prefillRate({ promptTokens, cachedTokens, serverPromptMs })).toBe(rate)
})

test('B1: what the server tells of its cache outweighs what its speed seems to say', () => {
  const fast = { serverPromptMs: 1 }
  const told = (cachedTokens: number | null) =>
    codes(measured(inTurn(10, (i) => (i === 4 ? { ...fast, cachedTokens } : { cachedTokens: 0 })))).includes(
      'cache-suspect',
    )
  expect([told(0), told(100), told(null)]).toEqual([false, true, true])
})

test('B1: a prompt that the server did not count makes the sum unknown, not smaller', () => {
  const stage = measured(inTurn(10, (i) => (i === 4 ? { promptTokens: null } : {})))
  expect([stage.tokens.input, stage.system.inputTokensPerSecond]).toEqual([null, null])
  const cached = measured(inTurn(10, () => ({ cachedTokens: 150 })))
  expect(cached.system.inputTokensPerSecond).toBeCloseTo((10 * 50) / 9.9, 6)
})

test('B2: a step in which the machine slept has counts and no figures, and one verdict', () => {
  const { stage, inWindow } = measureStage(
    inTurn(10),
    {
      ...{ position: 0, kind: 'measure' as const, concurrency: 1, plannedRequests: 10, ceilingTokensPerSecond: 90 },
      ...client(50),
      sleptMs: 120_000,
    },
    { solo: null, freshPrefillRate: null },
  )
  expect(stage.verdicts).toEqual([{ code: 'slept', level: 'bad', values: { streams: 1, pauseMs: 120_000 } }])
  expect(stage.counts).toMatchObject({ ok: 10, inWindow: 0 })
  const { ttftMs, decodeTokensPerSecond, e2eMs } = stage.perStream
  expect([ttftMs, decodeTokensPerSecond, e2eMs, stage.system.outputTokensPerSecond]).toEqual([null, null, null, null])
  expect([stage.server.waitMs, stage.ceiling, inWindow.size]).toEqual([null, null, 0])
})

/** The server says nothing from the middle of the sixth answer on for as long. */
const interrupted = (pauseMs: number) =>
  inTurn(10).map((request, i) => {
    const shift = i > 5 ? pauseMs : 0
    const eventsMs = Array.from(request.eventsMs, (ms) => (i === 5 && ms > 500 ? ms + pauseMs : ms))
    const ends = request.endAtMs + (i >= 5 ? pauseMs : 0)
    return { ...request, requestAtMs: request.requestAtMs + shift, endAtMs: ends, eventsMs }
  })

test.each([
  ['for two minutes', interrupted(120_000), true],
  ['for six seconds', interrupted(6000), true],
  ['for four seconds', interrupted(4000), false],
  [
    'before a first token',
    inTurn(10).map((one, i) =>
      i === 9 ? { ...one, eventsMs: [20_000, 20_010], ttftMs: 20_000, endAtMs: one.requestAtMs + 20_010 } : one,
    ),
    true,
  ],
  [
    'for a load',
    inTurn(10).map((one, i) =>
      i === 9
        ? { ...one, isReload: true, eventsMs: [20_000, 20_010], ttftMs: 20_000, endAtMs: one.requestAtMs + 20_010 }
        : one,
    ),
    false,
  ],
  ['because it is asked nothing', inTurn(10).map((one, i) => (i === 9 ? answer(10, 60_000) : one)), false],
  [
    'as slowly as it always is',
    Array.from({ length: 4 }, (_, i) =>
      answer(i + 1, i * 60_000, { eventsMs: [20_000, 30_000, 40_000], ttftMs: 20_000, endAtMs: i * 60_000 + 40_000 }),
    ),
    false,
  ],
  [
    'before a long answer that comes in one piece',
    Array.from({ length: 10 }, (_, i) => {
      const eventsMs = Array.from({ length: 101 }, (_, token) => (i === 5 ? 6000 : 100 + token * 58))
      return answer(i + 1, i * 6000, {
        eventsMs,
        ttftMs: eventsMs[0] ?? 0,
        tpotMs: i === 5 ? 0 : 58,
        endAtMs: i * 6000 + 6000,
      })
    }),
    false,
  ],
  ['to none of four streams', together(4, 8).map((one) => one), false],
])('B2: a server that says nothing %s stood still: %#', (_, seen, stoodStill) => {
  const concurrency = Math.max(...seen.map(({ slot }) => slot)) + 1
  expect(codes(measured(seen, { concurrency })).includes('server-stood-still')).toBe(stoodStill)
})

test('L17: no word of memory where nobody knows of a card, and the part that lies outside where one is', () => {
  const stages = [measured(inTurn(10))]
  expect(runVerdicts(stages, null).map(({ code }) => code)).not.toContain('cpu-spill')
  expect(runVerdicts(stages, 0.25)).toContainEqual({ code: 'cpu-spill', level: 'caution', values: { percent: 25 } })
})
