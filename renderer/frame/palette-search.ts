import { isActionsGroup, type SpotlightFilterFunction } from '@mantine/spotlight'

type Searchable = {
  label?: string | undefined
  description?: string | undefined
  keywords?: string | string[] | undefined
}

const fewestLettersToGuess = 3
const typedRank = 4

/** Long texts are read for their words; a guess at letters would find nearly anything in them. */
const mostLettersToGuess = 60

/** In lower case, one blank between words. Nearly every variable begins with OLLAMA_, so that it tells nothing. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/\bollama_/g, '')
    .replace(/[\s_.:/-]+/g, ' ')
    .trim()

/** How well something answers what was typed, 0 the best; null: not at all. A slip of the keys still finds, but last. */
export function rankOf(query: string, { label = '', description = '', keywords = [] }: Searchable): number | null {
  const wanted = plain(query)
  const title = plain(label)
  const texts = [title, ...[description, keywords].flat().map(plain)]
  if (title.startsWith(wanted)) return 0
  const words = wanted.split(' ')
  if (words.every((word) => title.includes(word))) return 1
  if (words.every((word) => title.includes(word) || texts.some((text) => holds(text, word)))) return 2
  const letters = words.join('')
  const guessed = texts.filter((text) => text.length <= mostLettersToGuess)
  return letters.length >= fewestLettersToGuess && guessed.some((text) => isNearly(letters, text)) ? 3 : null
}

/** A word is found by its beginning; Chinese sets no blanks between words. */
const holds = (text: string, word: string) =>
  /\p{Script=Han}/u.test(word) ? text.includes(word) : ` ${text}`.includes(` ${word}`)

/** Whether these letters follow each other in a stretch of the text that is at most twice as long. */
function isNearly(letters: string, text: string): boolean {
  const joined = text.replaceAll(' ', '')
  return [...joined].some((_, start) => {
    let end = start
    for (const letter of letters) {
      const place = joined.indexOf(letter, end)
      if (place < 0 || (end === start && place !== start)) return false
      end = place + 1
    }
    return end - start <= 2 * letters.length
  })
}

/** Ids of what is offered only to who looks for it: without a word they would hide the rest. */
const soughtOnly = /^(load|run|conversation)-/

/** What is offered for the very words that were typed. */
export const typedId = 'pull-typed'

/**
 * What answers the query, the best first within its group and the groups by their best; guesses only where nothing else
 * is. What can be done with the words themselves stands last.
 */
export const searchPalette: SpotlightFilterFunction = (query, entries) => {
  const isEmpty = query.trim() === ''
  const groups = entries.filter(isActionsGroup).map(({ group, actions }) => {
    const ranked = actions.flatMap((action) => {
      if (isEmpty && soughtOnly.test(action.id)) return []
      if (action.id === typedId) return [{ rank: typedRank, action }]
      const rank = rankOf(query, action)
      return rank === null ? [] : [{ rank, action }]
    })
    return { group, ranked: ranked.sort((left, right) => left.rank - right.rank) }
  })
  const best = (ranked: { rank: number }[]) => ranked[0]?.rank ?? Number.POSITIVE_INFINITY
  const isGuess = groups.every(({ ranked }) => best(ranked) >= 3)
  const isShown = (rank: number) => isGuess || rank < 3 || rank === typedRank
  return groups
    .map(({ group, ranked }) => ({ group, ranked: ranked.filter(({ rank }) => isShown(rank)) }))
    .filter(({ ranked }) => ranked.length > 0)
    .sort((left, right) => best(left.ranked) - best(right.ranked))
    .map(({ group, ranked }) => ({ group, actions: ranked.map(({ action }) => action) }))
}
