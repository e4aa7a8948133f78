/** What stands around a mark: of its line before it, and of all that follows the first characters. */
export type Surroundings = { before: string; after: string }

const longestLook = 200

/** The same wherever the text was cut; null while what tells it may still come. */
export function surroundings(before: string, rest: string, isEnd: boolean): Surroundings | null {
  const after = rest.slice(0, longestLook)
  const isKnown = isEnd || after.length === longestLook || after.trimStart().length >= 2
  return isKnown ? { before, after } : null
}

export const isAtLineEnd = ({ after }: Surroundings): boolean => /^[ \t]*\r?(\n|$)/.test(after)

export const isBeforeBlankAndText = ({ after }: Surroundings): boolean => /^[ \t]+\S/.test(after)

export const isAfterSentence = ({ before }: Surroundings): boolean => /[.,:;!?…，。：；！？、]\s*$/.test(before)

export const isQuoted = ({ before, after }: Surroundings): boolean =>
  /["'“‘「『《(（]$/.test(before) && /^["'”’」』》)）]/.test(after)

const isBeforePunctuation = ({ after }: Surroundings) => /^(?:[.,;:!?](?:\s|$)|[，。；：！？、])/.test(after)

/** Whether a sentence speaks of an opening mark: `The <think> tag`. */
export function isOpeningSpokenOf(around: Surroundings): boolean {
  if (isQuoted(around) || isBeforePunctuation(around)) return true
  return around.before.trim() !== '' && isBeforeBlankAndText(around) && !isAfterSentence(around)
}

/** Whether a sentence speaks of a closing mark: `use </think> for it`. */
export function isClosingSpokenOf(around: Surroundings): boolean {
  if (isQuoted(around) || isBeforePunctuation(around)) return true
  return /\S[ \t]+$/.test(around.before) && (isBeforeBlankAndText(around) || around.after.trim() === '')
}
