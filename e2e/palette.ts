import { expect, type Page } from '@playwright/test'

/** Does in the palette what a query finds first. */
export async function runInPalette(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+K')
  const field = page.getByPlaceholder('Go to a screen')
  await expect(field).toBeFocused()
  await field.fill(query)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}
