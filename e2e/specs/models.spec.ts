import type { Page } from '@playwright/test'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

test.use({
  launch: {
    simulator: {
      pullBytesPerSecond: 300e6,
      installed: ['llama3.2:1b', 'qwen3:8b'],
      startDelayMs: 0,
      loadSecondsPerGibibyte: 0.02,
    },
  },
})

async function openModels(page: Page) {
  await openScreen(page, 'Models')
  await page.getByRole('button', { name: 'Start server' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'qwen3:8b' })).toBeVisible()
}

test('a pull shows its progress, is cancelled, and goes on where it stopped', async ({ page }) => {
  await openModels(page)
  await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('llama3.2:3b')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause llama3.2:3b' }).click()
  await expect(page.getByText(/stopped at \d+%/)).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'llama3.2:3b' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Take llama3.2:3b off the list' }).click()
  await expect(page.getByText('Models on their way show here', { exact: false })).toBeVisible()
})

test('a failed pull says what happened and what to do', async ({ page }) => {
  await openModels(page)
  await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('nosuch:model')
  await page.keyboard.press('Enter')
  await expect(page.getByText('There is no model of this name.')).toBeVisible()
  await expect(page.getByText('Check the spelling and the tag.', { exact: false })).toBeVisible()
})

test('a name that is none never leaves the page', async ({ page }) => {
  await openModels(page)
  await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('https://ollama.com/qwen3')
  await expect(page.getByText('Leave out http:// and https://.')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Models on their way show here', { exact: false })).toBeVisible()
})

test('a model is loaded, looked at, unloaded and deleted after one question', async ({ page }) => {
  await openModels(page)
  const row = page.getByRole('row').filter({ hasText: 'qwen3:8b' })
  const actions = row.getByRole('button', { name: 'Actions for qwen3:8b' })
  await actions.click()
  await page.getByRole('menuitem', { name: 'Load into memory' }).click()
  await expect(row.getByText('100%')).toBeVisible()
  await row.press('Enter')
  await expect(page.getByText('Trained context')).toBeVisible()
  await expect(page.getByText('On the cards')).toBeVisible()
  await row.press('Escape')
  await expect(page.getByText('Trained context')).toBeHidden()
  await actions.click()
  await page.getByRole('menuitem', { name: 'Unload' }).click()
  await expect(row.getByText('on disk')).toBeVisible()
  await actions.click()
  await page.getByRole('menuitem', { name: /Delete/ }).click()
  await expect(page.getByText('It frees 5.23 GB', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Delete model' }).click()
  await expect(row).toBeHidden()
})

test.describe('an empty models folder', () => {
  test.use({ launch: { simulator: { installed: [], startDelayMs: 0, pullBytesPerSecond: 400e6 } } })

  test('offers models to begin with', async ({ page }) => {
    await openScreen(page, 'Models')
    await page.getByRole('button', { name: 'Start server' }).click()
    await page.getByRole('button', { name: 'Pull qwen2.5:0.5b' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'qwen2.5:0.5b' })).toBeVisible({ timeout: 20_000 })
  })
})
