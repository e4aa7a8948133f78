import { storable } from './storable'

/** The longest search: words that reach from one piece of a text into the next are whole in one of them. */
export const longestSearch = 500
const pieceLength = 8000

/** A long text in pieces that overlap, each made when it is asked for, so that putting one into the index is quick. */
export function* piecesOf(text: string): Generator<string, void, void> {
  for (let from = 0; from < text.length && (from === 0 || from + longestSearch < text.length); from += pieceLength) {
    yield folded(text.slice(from, from + pieceLength + longestSearch))
  }
}

/** Upper and lower case are the same to whoever searches. */
const folded = (text: string) => text.toLowerCase()

/**
 * Every letter and every two letters in a row, each as one word of the index. The trigrams of SQLite find nothing under
 * three letters, and most Chinese words are two.
 */
export function shortGrams(text: string): string {
  const grams = new Set<string>()
  let before: string | null = null
  for (const letter of text) {
    const code = codeOf(letter)
    grams.add(code)
    if (before !== null) grams.add(`${before}x${code}`)
    before = code
  }
  return [...grams].join(' ')
}

/** Where to look for these words, and what to ask for there: a query of FTS5. Half a letter is as SQLite keeps it. */
export function indexQuery(words: string): { table: 'chat_trigrams' | 'chat_short'; query: string } {
  const letters = [...folded(storable(words).replace(/\p{Surrogate}/gu, '�'))]
  if (letters.length < 3) return { table: 'chat_short', query: `"${letters.map(codeOf).join('x')}"` }
  return { table: 'chat_trigrams', query: `"${letters.join('').replaceAll('"', '""')}"` }
}

const codeOf = (letter: string) => (letter.codePointAt(0) ?? 0).toString(16)
