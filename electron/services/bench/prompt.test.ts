import { expect, test } from 'vitest'
import { firstWordCount, nextWordCount } from './prompt'

/** Rounds until the prompt is near enough, with what the head and the closing line have in such a vocabulary. */
function roundsUntilNear(
  wanted: number,
  tokensPerWord: number,
  fixedTokens: number,
  mostTokens = Number.POSITIVE_INFINITY,
) {
  let wordCount: number | null = firstWordCount(wanted)
  for (let round = 1; round <= 20; round++) {
    const counted: number = Math.min(mostTokens, Math.round(fixedTokens + wordCount * tokensPerWord))
    wordCount = nextWordCount(wanted, wordCount, counted)
    if (wordCount === null) return { round, counted }
  }
  return { round: Number.POSITIVE_INFINITY, counted: 0 }
}

test.each([
  ['a usual vocabulary', 400, 1.2, 30],
  ['a small one', 1000, 2.5, 60],
  ['one of single letters', 400, 6.6, 140],
])('a prompt of %s is near enough within four rounds', (_, wanted, tokensPerWord, fixedTokens) => {
  const { round, counted } = roundsUntilNear(wanted, tokensPerWord, fixedTokens)
  expect(round).toBeLessThanOrEqual(4)
  expect(Math.abs(counted - wanted)).toBeLessThanOrEqual(wanted * 0.05)
})

test('a server that cuts the first try to half its context does not mislead the search', () => {
  expect(roundsUntilNear(400, 6.6, 140, 1027).round).toBeLessThanOrEqual(4)
})
