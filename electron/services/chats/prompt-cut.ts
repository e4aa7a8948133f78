import type { AnswerFigures } from '../../../shared/contract/chats'
import { says } from '../../../shared/ollama/known-lines'
import { pairsOf } from '../../../shared/ollama/log-line'
import type { PastTurn } from './chat-store'
import type { CountedPrompt } from './last-counted'
import { leastTokens } from './least-tokens'

/** What was sent for an answer, and what is known of it. */
export type SentPrompt = {
  /** System prompt and messages in their order, the question last. */
  texts: readonly string[]
  /** An earlier answer of the same model under the same system prompt, and what was sent beyond its prompt. */
  earlier: { figures: AnswerFigures; since: readonly string[] } | null
  /** What the server's log has said since the question was put; nothing where it is not ours. */
  log: readonly { text: string }[]
}

type Counted = { promptTokens: number | null; contextLength: number | null }

/** A template adds some tokens around each message, and differs between a message's end and its middle. */
const templateTokens = 16
const templateShare = 0.02

/**
 * Whether the server left out a part of the prompt because it did not fit; null where nothing says so. It tells nobody
 * but its log, and of messages that it left out whole not even that (ollama.md, 5): then the counts tell.
 */
export function promptCutOf(sent: SentPrompt, counted: Counted): AnswerFigures['promptCut'] {
  const logged = cutInLog(sent.log, counted.promptTokens)
  if (logged !== null) return { sentTokens: logged }
  return isCut(sent, counted) ? { sentTokens: null } : null
}

/** What was sent beyond the prompt of an earlier answer: that answer, and all that followed. */
export const sentSince = ({ figures, turn }: CountedPrompt, past: readonly PastTurn[]): SentPrompt['earlier'] => ({
  figures,
  since: past.slice(turn).flatMap(({ question, answer }, place, turns) => {
    const asked = place === 0 ? [] : [question]
    return answer === null || place === turns.length - 1 ? asked : [...asked, answer]
  }),
})

/** Tokens of the prompt before it was cut. Others may ask the same server: the line is ours whose rest was counted. */
function cutInLog(log: SentPrompt['log'], promptTokens: number | null): number | null {
  const cuts = log.filter(({ text }) => says('prompt-cut', text)).map(({ text }) => pairsOf(text))
  const ours = promptTokens === null ? cuts : cuts.filter((cut) => Number(cut.new ?? cut.limit) === promptTokens)
  const tokens = Number(ours.at(-1)?.prompt)
  return Number.isFinite(tokens) ? tokens : null
}

function isCut({ texts, earlier }: SentPrompt, { promptTokens, contextLength }: Counted): boolean {
  const sum = (of: readonly string[]) => of.reduce((tokens, text) => tokens + leastTokens(text), 0)
  const before = earlier?.figures
  if (before?.promptCut && contextLength !== null && contextLength <= (before.contextLength ?? 0)) return true
  // What was counted once is sent again, and more: a conversation only grows.
  const counted = before && !before.promptCut ? (before.promptTokens ?? 0) : (before?.promptCut?.sentTokens ?? 0)
  const least = Math.max(sum(texts), counted + sum(earlier?.since ?? []))
  if (contextLength !== null && least > contextLength) return true
  if (promptTokens === null || promptTokens === 0) return false
  // An old server fills the context to its last token.
  if (promptTokens === contextLength) return true
  const most = texts.reduce((bytes, text) => bytes + Buffer.byteLength(text) + templateTokens, templateTokens)
  if (contextLength !== null && most <= contextLength) return false
  return promptTokens < least * (1 - templateShare) - templateTokens
}
