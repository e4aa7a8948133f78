import { expect, test } from 'vitest'
import { quietOf } from './quiet'

const woke = (atMs: number) => ({ atMs, durationMs: 120_000 })
const standstillMs = 120_000

test.each([
  ['just asked', { askedAtMs: 0, lastWordMs: null, standstill: null, nowMs: 60_000 }, undefined],
  ['words coming', { askedAtMs: 0, lastWordMs: 59_000, standstill: null, nowMs: 60_000 }, undefined],
  ['no word for ten seconds', { askedAtMs: 0, lastWordMs: 50_000, standstill: null, nowMs: 60_000 }, null],
  ['just woken', { askedAtMs: 0, lastWordMs: 9000, standstill: woke(130_000), nowMs: 133_000 }, null],
  ['woken a while ago', { askedAtMs: 0, lastWordMs: 9000, standstill: woke(130_000), nowMs: 136_000 }, standstillMs],
  ['woken before a word', { askedAtMs: 0, lastWordMs: null, standstill: woke(130_000), nowMs: 136_000 }, standstillMs],
  ['words again', { askedAtMs: 0, lastWordMs: 131_000, standstill: woke(130_000), nowMs: 136_000 }, undefined],
  ['asked after it', { askedAtMs: 140_000, lastWordMs: null, standstill: woke(130_000), nowMs: 149_000 }, undefined],
])('B2: an answer with %s', (_, seen, expected) => {
  expect(quietOf(seen)?.standstillMs).toBe(expected)
})

test('B2: since when is told on the clock of the day', () => {
  const { sinceMs } = quietOf({ askedAtMs: 0, lastWordMs: 10_000, standstill: null, nowMs: 40_000 }) ?? {}
  expect(Date.now() - (sinceMs ?? 0)).toBeLessThan(31_000)
  expect(Date.now() - (sinceMs ?? 0)).toBeGreaterThanOrEqual(30_000)
})
