import type { Locator, Page } from '@playwright/test'

/** The orders in which browsers tell of the key that ends a word. */
export const orders = ['Safari', 'Chrome'] as const
export type Order = (typeof orders)[number]

/** Ends the word in a field with a key, as a browser tells of it: no browser can be told to use an input method. */
export async function endWord(field: Locator, order: Order, key: 'Enter' | 'Escape' = 'Enter'): Promise<void> {
  await field.evaluate(
    (element, { order, key }) => {
      const tellKey = (isComposing: boolean) => {
        const about = { key, code: key, keyCode: 229, isComposing, bubbles: true, cancelable: true }
        element.dispatchEvent(new KeyboardEvent('keydown', about))
      }
      const tellEnd = () => element.dispatchEvent(new CompositionEvent('compositionend', { data: '你', bubbles: true }))
      element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
      if (order === 'Chrome') tellKey(true)
      tellEnd()
      if (order === 'Safari') tellKey(false)
      element.dispatchEvent(new KeyboardEvent('keyup', { key, code: key, bubbles: true }))
    },
    { order, key },
  )
}

/** An Enter that is meant, with the code that macOS Pinyin leaves on it for a while. */
export const pressTakenEnter = (field: Locator): Promise<void> =>
  field.evaluate((element) => {
    const about = { key: 'Enter', code: 'Enter', keyCode: 229, bubbles: true, cancelable: true }
    element.dispatchEvent(new KeyboardEvent('keydown', about))
  })

/** Puts a word together letter by letter with the browser's own input method, up to the choice of its characters. */
export async function compose(page: Page, letters: string): Promise<{ choose(word: string): Promise<void> }> {
  const session = await page.context().newCDPSession(page)
  for (let length = 1; length <= letters.length; length++) {
    await session.send('Input.imeSetComposition', {
      text: letters.slice(0, length),
      selectionStart: length,
      selectionEnd: length,
    })
  }
  return {
    choose: async (word) => {
      await session.send('Input.insertText', { text: word })
      await session.detach()
    },
  }
}
