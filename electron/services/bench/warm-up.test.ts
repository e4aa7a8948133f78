import { expect, test } from 'vitest'
import type { SeenRequest } from '../../../shared/measure/stage'
import { afterRound, coldStart, type WarmUp } from './warm-up'

type Round = { promptTokens: number | null; tpotMs: number | null }

const answered = ({ promptTokens, tpotMs }: Round) =>
  [0, 1].map(
    () => ({ promptTokens, tpotMs, serverPromptMs: 50, ttftMs: 60, tokensPerEvent: 1 }) as unknown as SeenRequest,
  )

/** Goes on until it is over, as a run does; the last round repeats. */
function warmedUp(wantedTokens: number, rounds: Round[]): WarmUp {
  let warmth = coldStart(wantedTokens)
  for (let i = 0; !warmth.isOver; i++) {
    const round = rounds[Math.min(i, rounds.length - 1)]
    if (round) warmth = afterRound(warmth, answered(round), wantedTokens)
  }
  return warmth
}

test.each<[string, Round[], number, boolean]>([
  ['two rounds alike', [{ promptTokens: 200, tpotMs: 20 }], 2, true],
  [
    'a slow first one',
    [
      { promptTokens: 200, tpotMs: 30 },
      { promptTokens: 200, tpotMs: 20 },
    ],
    3,
    true,
  ],
  [
    'a prompt of the wrong length',
    [
      { promptTokens: 300, tpotMs: 20 },
      { promptTokens: 200, tpotMs: 20 },
    ],
    2,
    true,
  ],
  ['a server that never settles', [10, 20, 40, 80, 160].map((tpotMs) => ({ promptTokens: 200, tpotMs })), 5, false],
  ['answers of one token', [{ promptTokens: 200, tpotMs: null }], 1, true],
  ['a server that counts nothing', [{ promptTokens: null, tpotMs: 20 }], 2, true],
])('%s: %j takes %i rounds, and is steady: %s', (_, rounds, count, isSteady) => {
  expect(warmedUp(200, rounds)).toMatchObject({ rounds: count, isSteady })
})

test('the first requests are spread over what one stream takes to its second token', () => {
  expect(warmedUp(200, [{ promptTokens: 200, tpotMs: 20 }]).firstAnswerMs).toBe(80)
})

test('how long a prompt takes is learned only from prompts of the right length', () => {
  const rounds = [
    { promptTokens: 300, tpotMs: 20 },
    { promptTokens: 200, tpotMs: 20 },
  ]
  expect(warmedUp(200, rounds).promptMs).toHaveLength(2)
})
