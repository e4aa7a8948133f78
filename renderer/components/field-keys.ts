import type { KeyboardEvent } from 'react'

type Meanings = { onEnter?: (event: KeyboardEvent) => void; onEscape?: () => void }

/**
 * What Enter and Escape mean in a field. Those with which a word is chosen in an input method never come this far:
 * `guardCompositions` keeps them from the whole page.
 */
export const fieldKeys =
  ({ onEnter, onEscape }: Meanings) =>
  (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && onEnter) {
      event.preventDefault() // a form around it would be sent twice, a text would get a line
      onEnter(event)
    }
    if (event.key === 'Escape') onEscape?.()
  }
