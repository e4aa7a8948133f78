import { isActionsGroup, type SpotlightFilterFunction } from '@mantine/spotlight'

type Searchable = {
  label?: string | undefined
  description?: string | undefined
  keywords?: string | string[] | undefined
}

const fewestLettersToGuess = 3

const plain = (text: string) =>
  text
    .toLowerCase()
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
  if (words.every((word) => texts.some((text) => text.includes(word)))) return 2
  const letters = words.join('')
  return letters.length >= fewestLettersToGuess && texts.some((text) => isNearly(letters, text)) ? 3 : null
}

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

/** What answers the query, the best first within its group and the groups by their best; guesses only where nothing else is. */
export const searchPalette: SpotlightFilterFunction = (query, entries) => {
  const groups = entries.filter(isActionsGroup).map(({ group, actions }) => {
    const ranked = actions.flatMap((action) => {
      const rank = rankOf(query, action)
      return rank === null ? [] : [{ rank, action }]
    })
    return { group, ranked: ranked.sort((left, right) => left.rank - right.rank) }
  })
  const best = (ranked: { rank: number }[]) => ranked[0]?.rank ?? Number.POSITIVE_INFINITY
  const isGuess = groups.every(({ ranked }) => best(ranked) >= 3)
  return groups
    .map(({ group, ranked }) => ({ group, ranked: isGuess ? ranked : ranked.filter(({ rank }) => rank < 3) }))
    .filter(({ ranked }) => ranked.length > 0)
    .sort((left, right) => best(left.ranked) - best(right.ranked))
    .map(({ group, ranked }) => ({ group, actions: ranked.map(({ action }) => action) }))
}
