import { expect, type Page } from '@playwright/test'

/** Nothing goes over the window's edge, and every control can be scrolled to where nothing covers it. */
export async function expectReachable(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => {
    const controls = 'button, a[href], input, textarea, select, summary, [role="tab"], [tabindex="0"]'
    const overhang = document.documentElement.scrollWidth - window.innerWidth
    const scrolled = [...document.querySelectorAll('*')].flatMap((box) =>
      box.scrollTop !== 0 || box.scrollLeft !== 0 ? [{ box, top: box.scrollTop, left: box.scrollLeft }] : [],
    )
    // What is open over the page covers the rest until it is closed.
    const above = [...document.querySelectorAll('[role="dialog"]')].find((dialog) => dialog.checkVisibility())
    const unreachable = [...(above ?? document).querySelectorAll<HTMLElement>(controls)].filter((control) => {
      // What Mantine hides for its own drawing of it, and what is there for a reader only, is no target.
      if (control.matches(':disabled') || control.closest('[aria-hidden="true"], [inert]')) return false
      const { width, height } = control.getBoundingClientRect()
      if (width < 8 || height < 8 || !control.checkVisibility({ opacityProperty: true })) return false
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      // The way past the rail waits above the window until it has the focus (frame.module.css).
      if (box.bottom <= 0) return false
      if (box.left < -1 || (box.right > window.innerWidth + 1 && box.width <= window.innerWidth)) return true
      // A link over two lines is pressed on its first; what is larger than the window where it is in sight.
      const { left, right, top, bottom } = control.getClientRects()[0] ?? box
      const between = (from: number, to: number, most: number) => (Math.max(from, 0) + Math.min(to, most)) / 2
      const hit = document.elementFromPoint(
        between(left, right, window.innerWidth),
        between(top, bottom, window.innerHeight),
      )
      return !hit || !(control.contains(hit) || hit.contains(control) || hit.closest('label')?.contains(control))
    })
    for (const { box, top, left } of scrolled) box.scrollTo({ top, left, behavior: 'instant' })
    return { overhang, unreachable: unreachable.map((control) => control.outerHTML.slice(0, 200)) }
  })
  expect.soft(found.overhang, `${what}: nothing goes over the edge`).toBeLessThanOrEqual(0)
  expect.soft(found.unreachable, `${what}: every control can be reached`).toEqual([])
}
