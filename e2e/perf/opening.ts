import type { Page } from '@playwright/test'

/** From a change of the address to the frame in which what is looked for stands on screen, in ms of the page's clock. */
export const opensInMs = (page: Page, address: string, wanted: string): Promise<number> =>
  timeUntil(page, { address }, wanted)

/** The same from the press of the first tab or button whose text begins so. */
export const clickedInMs = (page: Page, text: string, wanted: string): Promise<number> =>
  timeUntil(page, { text }, wanted)

function timeUntil(page: Page, cause: { address: string } | { text: string }, wanted: string): Promise<number> {
  return page.evaluate(
    ([act, selector]) =>
      new Promise<number>((resolve, reject) => {
        const startedAtMs = performance.now()
        if ('address' in act) window.location.hash = act.address
        else {
          const buttons = [...document.querySelectorAll<HTMLElement>('main [role=tab], main button')]
          const button = buttons.find(({ textContent }) => textContent?.trim().startsWith(act.text))
          if (!button) return reject(new Error(`nothing here is called ${act.text}`))
          button.click()
        }
        const look = () => {
          if (document.querySelector(selector)) requestAnimationFrame(() => resolve(performance.now() - startedAtMs))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    [cause, wanted] as const,
  )
}
