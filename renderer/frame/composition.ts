/** What of a key's event tells whether it belongs to an input method. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'keyCode' | 'isComposing' | 'target' | 'timeStamp'>

/** The key code of whatever an input method has taken. */
const taken = 229
/** Safari tells of the key right after the end it brought; a person is slower. */
const lateMs = 500

/**
 * Tells the keys with which a word is put together (Pinyin, Kana, Hangul) from those meant for the page. Chrome tells of
 * the key that ends a word before the end, and says `isComposing`; Safari after the end, when only its code tells. The
 * code alone will not do: macOS keeps it for a real Enter that comes later.
 */
export class Composition {
  #field: EventTarget | null = null
  /** When a word ended whose last key has not been told of. */
  #endedAtMs: number | null = null
  #isEndTold = false

  start(field: EventTarget | null): void {
    this.#field = field
    this.#endedAtMs = null
    this.#isEndTold = false
  }

  end(atMs: number): void {
    this.#field = null
    this.#endedAtMs = this.#isEndTold ? null : atMs
  }

  /** A key that is let go after the end was told of before it. */
  keyUp(): void {
    this.#endedAtMs = null
  }

  /** Whether a key that goes down belongs to the word, and if so, whether it is the one that Safari tells of late. */
  takes(key: Key): 'composing' | 'late' | null {
    const endedAtMs = this.#endedAtMs
    this.#endedAtMs = null
    // A field that was taken away in the middle of a word never told of its end.
    if (key.isComposing || (this.#field !== null && this.#field === key.target)) {
      this.#isEndTold = [key.key, key.code].some((name) => ['Enter', 'NumpadEnter', 'Escape'].includes(name))
      return 'composing'
    }
    return key.keyCode === taken && endedAtMs !== null && key.timeStamp - endedAtMs < lateMs ? 'late' : null
  }
}

/** Keeps the keys of an input method from every field, dialog and shortcut of the page; to be called before any is there. */
export function guardCompositions(page: Window): void {
  const composition = new Composition()
  page.addEventListener('compositionstart', ({ target }) => composition.start(target), true)
  page.addEventListener('compositionend', ({ timeStamp }) => composition.end(timeStamp), true)
  page.addEventListener('keyup', () => composition.keyUp(), true)
  page.addEventListener(
    'keydown',
    (event) => {
      const taken = composition.takes(event)
      if (taken === null) return
      event.stopImmediatePropagation()
      if (taken === 'late') event.preventDefault() // or the browser sends the form
    },
    true,
  )
}
