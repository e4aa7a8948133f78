import { expect, type Page } from '@playwright/test'
import { startServer } from './screens'

export const log = (page: Page) => page.getByRole('log', { name: 'Log' })
export const logSearch = (page: Page) => page.getByRole('textbox', { name: 'Search the log' })

export async function openLog(page: Page): Promise<void> {
  await startServer(page)
  await page.getByRole('tab', { name: 'Log' }).click()
  await expect(log(page)).toContainText('Listening on')
}
