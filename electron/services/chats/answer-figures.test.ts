import { expect, test } from 'vitest'
import { tokensReadAnew } from '../../../shared/chat/tokens-read-anew'
import { serverPrefillRate } from '../../../shared/measure/request'
import { figuresOf, figuresSeen, noFigures } from './answer-figures'

const noTimes = { loadMs: null, promptMs: null, answerMs: null, totalMs: null }

test('128 tokens in 6.35 s span 127 steps: 20 tokens a second', () => {
  const figures = figuresOf(
    { finishReason: 'stop', server: { ...noTimes, answerMs: 6350 } },
    { input: null, output: 128, cached: null },
    { firstTokenMs: 400, totalMs: 6750 },
  )
  expect(figures.tokensPerSecond).toBeCloseTo(20, 6)
  expect(figures).toMatchObject({ answerTokens: 128, firstTokenMs: 400, endReason: 'stop', loadMs: null })
})

test('the time a model takes to load stands apart from its first token', () => {
  const figures = figuresOf({ finishReason: null, server: { ...noTimes, loadMs: 6100 } }, null, {
    firstTokenMs: 6510,
    totalMs: 9000,
  })
  expect(figures).toMatchObject({ loadMs: 6100, firstTokenMs: 410 })
})

test('one token has no rate, and what the server leaves out is unknown, not 0', () => {
  expect(
    figuresOf(
      { finishReason: null, server: { ...noTimes, answerMs: 1 } },
      { input: null, output: 1, cached: null },
      { firstTokenMs: null, totalMs: 5 },
    ),
  ).toEqual({
    ...noFigures,
    answerTokens: 1,
    totalMs: 5,
    endReason: 'other',
  })
})

test('an answer without its last record is counted by what came, and says what its first token holds', () => {
  const seen = { count: 21, firstMs: 6400, lastMs: 7400, totalMs: 7500, isLoading: true, hadStandstill: false }
  expect(figuresSeen(seen)).toEqual({
    ...noFigures,
    firstTokenMs: 6400,
    totalMs: 7500,
    answerTokens: 21,
    tokensPerSecond: 20,
    isCountedHere: true,
    isLoadIncluded: true,
  })
  expect(
    figuresSeen({ count: 0, firstMs: null, lastMs: null, totalMs: 5, isLoading: true, hadStandstill: false }),
  ).toEqual({
    ...noFigures,
    totalMs: 5,
  })
})

test('B1: prompt speed counts only what was read anew: 10 of 4,000 tokens in 5 ms are 2,000 tok/s', () => {
  const figures = figuresOf(
    { finishReason: 'stop', server: { ...noTimes, promptMs: 5 } },
    { input: 4000, output: 3, cached: 3990 },
    { firstTokenMs: 10, totalMs: 40 },
  )
  expect(figures).toMatchObject({ promptTokens: 4000, cachedTokens: 3990 })
  expect(serverPrefillRate(tokensReadAnew(figures), figures.promptMs)).toBe(2000)
})

test('B1: a server that does not tell what was cached has no prompt speed', () => {
  expect(tokensReadAnew({ promptTokens: 4000 })).toBeNull()
  expect(tokensReadAnew({ promptTokens: null, cachedTokens: 5 })).toBeNull()
})

test('B2: a rate that was counted here over a time asleep is unknown', () => {
  const seen = { count: 21, firstMs: 400, lastMs: 7_200_400, totalMs: 7_200_500, isLoading: false, hadStandstill: true }
  expect(figuresSeen(seen)).toMatchObject({ answerTokens: 21, tokensPerSecond: null })
})
