import { expect, type Page } from '@playwright/test'
import type { CorralUnderTest } from './corral-under-test'
import { openScreen } from './screens'

/** A run of 8 answers at this pace is soon over, and long enough to be held after its second one. */
export const benchmarkSimulator = {
  installed: ['llama3.2:1b'],
  prefillTokensPerSecond: 4000,
  decodeTokensPerSecond: 60,
}

export const savedRuns = (page: Page) =>
  page.getByRole('main').locator('section', { hasText: 'Saved runs' }).getByRole('row')

export async function planRun(page: Page, goal: 'How fast' | 'How many people', answerTokens: number): Promise<void> {
  await openScreen(page, 'Benchmark')
  await page.getByText(goal, { exact: true }).click()
  await page.getByRole('textbox', { name: 'Prompt tokens' }).fill('64')
  await page.getByRole('textbox', { name: 'Answer tokens' }).fill(String(answerTokens))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled()
}

/** Runs what is planned until one answer is in; then the run stands still until the simulator is released. */
export async function runUntilHeld(page: Page, corral: CorralUnderTest): Promise<void> {
  await page.getByRole('button', { name: 'Run benchmark' }).click()
  await expect(page.getByRole('main')).toContainText('Measuring ', { timeout: 20_000 })
  await expect(page.getByRole('main')).toContainText(/0 failed of [2-9] sent/, { timeout: 20_000 })
  await corral.setFaults({ holdsAfterTokens: 0 })
}

export const expectFinished = (page: Page) =>
  expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 40_000 })
