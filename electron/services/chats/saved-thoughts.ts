import { splitThoughts } from './thought-splitter'

export type Said = { text: string; thinking: string }

/** An answer as it is kept: of an earlier version, its thoughts may still lie in its text. */
export function partedThoughts({ text, thinking }: Said): Said {
  return thinking === '' ? splitThoughts(text) : { text, thinking }
}
