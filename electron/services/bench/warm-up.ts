import { median } from '../../../shared/measure/quantile'
import { prefillRate } from '../../../shared/measure/request'
import { present, type SeenRequest } from '../../../shared/measure/stage'
import { firstWordCount, nextWordCount } from './prompt'

const mostRounds = 5
/** Two rounds in a row that decode as fast as this, one to the other, are alike. */
const alike = 0.05

/** What the rounds before a measurement have taught so far. */
export type WarmUp = {
  rounds: number
  isSteady: boolean
  isOver: boolean
  /** How many words make the wanted prompt, as far as is known. */
  wordCount: number
  /** What the server counted of the last round's prompts. */
  promptTokens: number | null
  prefillTokensPerSecond: number | null
  tokensPerEvent: number | null
  tpotMs: number | null
  /** About how long one stream takes to its second token: first requests are spread over it. */
  firstAnswerMs: number
  /** How long prompts of the right length took to read. */
  promptMs: readonly number[]
}

export const coldStart = (promptTokens: number): WarmUp => ({
  rounds: 0,
  isSteady: false,
  isOver: false,
  wordCount: firstWordCount(promptTokens),
  promptTokens: null,
  prefillTokensPerSecond: null,
  tokensPerEvent: null,
  tpotMs: null,
  firstAnswerMs: 0,
  promptMs: [],
})

/** After one more round: steady once the prompt has its length and two rounds in a row decode alike. */
export function afterRound(before: WarmUp, answered: readonly SeenRequest[], wantedTokens: number): WarmUp {
  const rounds = before.rounds + 1
  const middle = (value: (request: SeenRequest) => number | null) => median(present(answered, value))
  const promptTokens = middle((request) => request.promptTokens)
  const tpotMs = middle((request) => request.tpotMs)
  const words = promptTokens === null ? null : nextWordCount(wantedTokens, before.wordCount, promptTokens)
  const isAlike = tpotMs === null || (before.tpotMs !== null && Math.abs(tpotMs / before.tpotMs - 1) < alike)
  const isSteady = words === null && isAlike
  const newPromptMs = words === null ? present(answered, (request) => request.serverPromptMs) : []
  return {
    rounds,
    isSteady,
    isOver: isSteady || rounds === mostRounds,
    wordCount: words ?? before.wordCount,
    promptTokens,
    prefillTokensPerSecond: middle(prefillRate),
    tokensPerEvent: middle((request) => request.tokensPerEvent),
    tpotMs,
    firstAnswerMs: (middle((request) => request.ttftMs) ?? 0) + (tpotMs ?? 0),
    promptMs: [...before.promptMs, ...newPromptMs],
  }
}
