import { expect, type Page } from '@playwright/test'
import { openScreen } from './screens'

export const modelRow = (page: Page, model: string) => page.getByRole('row').filter({ hasText: model })
export const pullBox = (page: Page) => page.getByRole('textbox', { name: 'Name of a model to pull' })

/** Starts the server from the screen of the models, and waits for one of them. */
export async function openModels(page: Page, installed = 'llama3.2:1b'): Promise<void> {
  await openScreen(page, 'Models')
  await page.getByRole('button', { name: 'Start server' }).click()
  await expect(modelRow(page, installed)).toBeVisible()
}

export async function pull(page: Page, model: string): Promise<void> {
  await pullBox(page).fill(model)
  await page.keyboard.press('Enter')
}
