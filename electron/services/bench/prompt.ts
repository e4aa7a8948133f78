import { createHash } from 'node:crypto'
import { hashText, seededRandom } from '../../../shared/measure/random'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** Common words, one or two tokens each in most vocabularies. */
const words = `water house light stone river table green winter summer music paper window garden letter market bridge
  silver mountain forest island morning evening number circle engine travel answer question history science
  picture color shadow village doctor teacher student captain farmer soldier painter writer kitchen bottle
  basket carpet mirror ladder hammer needle button pocket blanket pillow candle lantern anchor harbor valley
  desert meadow orchard thunder breeze season harvest festival journey message signal pattern surface border
  corner center middle bottom distance measure balance weight metal copper marble cotton leather velvet`.split(/\s+/)

/** Sixteen characters that no other request of any run shares: the head of a prompt, so that no cache can know it. */
export function nonce(seed: string, place: string): string {
  const bytes = createHash('sha256').update(`${seed}/${place}`).digest()
  return Array.from(bytes.subarray(0, 16), (byte) => alphabet[byte % 32]).join('')
}

/**
 * A prompt of so many words that asks for a long answer. Runs with the same shape seed get the same words, so that
 * they may be compared; the nonce in front differs every time.
 */
export function makePrompt(head: string, wordCount: number, shapeSeed: number, place: string): string {
  const random = seededRandom(hashText(`${shapeSeed}/${place}`))
  const text = Array.from({ length: wordCount }, () => words[Math.floor(random() * words.length)]).join(' ')
  return `[${head}] ${text}\n\nA numbered list of 400 different things, one short sentence each:\n1.`
}

/** About what a prompt has beside its words: nonce, brackets, the closing line. */
const fixedTokens = 32

/** A vocabulary of single letters; taken for fewer, the next try would overshoot and the one after it again. */
const mostTokensPerWord = 10

/** How many words to try first for a prompt of so many tokens. */
export const firstWordCount = (promptTokens: number) => Math.max(1, Math.round((promptTokens - fixedTokens) / 1.2))

/** Corrects the number of words by what the server counted; null when it is near enough (5 %, or 4 tokens). */
export function nextWordCount(wanted: number, wordCount: number, counted: number): number | null {
  const off = wanted - counted
  if (Math.abs(off) <= Math.max(4, wanted * 0.05)) return null
  const tokensPerWord = Math.min(mostTokensPerWord, Math.max(0.8, (counted - fixedTokens) / wordCount))
  const next = Math.max(1, Math.round(wordCount + off / tokensPerWord))
  return next === wordCount ? null : next
}
