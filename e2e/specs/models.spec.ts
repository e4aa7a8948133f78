import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
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
  await expect(page.getByText(/paused at \d+%/)).toBeVisible()
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
  await expect(page.getByText('It frees up to 5.23 GB', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Delete model' }).click()
  await expect(row).toBeHidden()
})

test('the arrows move along the models, Enter opens one, a copied command is understood', async ({ page }) => {
  await openModels(page)
  await page.getByRole('row').filter({ hasText: 'llama3.2:1b' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('row').filter({ hasText: 'qwen3:8b' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'qwen3:8b' })).toBeVisible()
  await page.getByRole('tab', { name: 'Modelfile' }).click()
  await expect(page.getByText('FROM /', { exact: false })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Size' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('qwen3:8b')
  await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('ollama run qwen3:8b')
  await expect(page.getByText('is installed: only what has changed is fetched')).toBeVisible()
})

test.describe('a slow pull', () => {
  test.use({ launch: { simulator: { pullBytesPerSecond: 60e6, installed: ['llama3.2:1b'], startDelayMs: 0 } } })

  async function pullUnderWay(page: Page) {
    await openScreen(page, 'Models')
    await page.getByRole('button', { name: 'Start server' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'llama3.2:1b' })).toBeVisible()
    await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('llama3.2:3b')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/\d+ MB of 2\.02 GB/)).toBeVisible()
  }

  test('is in the strip of every screen', async ({ page }) => {
    await pullUnderWay(page)
    await openScreen(page, 'GPUs')
    await expect(page.getByRole('link', { name: /Pulling llama3\.2:3b/ })).toContainText(/llama3\.2:3b \d+%/)
  })

  test('goes on by itself after a killed server has come back', async ({ page, corral }) => {
    await pullUnderWay(page)
    corral.killChild('server')
    await expect(page.getByText('waits for the server')).toBeVisible()
    await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible({ timeout: 20_000 })
  })

  test('is offered again after Corral was killed, and goes on where it was', async ({ page, corral }) => {
    await pullUnderWay(page)
    await expect(page.getByText(/[2-9]\d\d MB of 2\.02 GB/)).toBeVisible()
    await corral.kill()
    const again = await corral.start()
    await openScreen(again, 'Models')
    await expect(again.getByText(/paused at [1-9]\d?%/)).toBeVisible()
    await again.getByRole('button', { name: 'Resume' }).click()
    await expect(again.getByText(/[2-9]\d\d MB of 2\.02 GB\+? · .* MB\/s/)).toBeVisible({ timeout: 20_000 })
  })

  test('that is taken off the list can be taken back', async ({ page }) => {
    await pullUnderWay(page)
    await page.getByRole('button', { name: 'Cancel llama3.2:3b' }).click()
    await expect(page.getByText('Models on their way show here', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
  })
})

test('a server that gives no answer is told, and what it listed stays', async ({ page, corral }) => {
  await openModels(page)
  await corral.setFaults({ hangs: true })
  await expect(page.getByText('The server does not answer', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('row').filter({ hasText: 'qwen3:8b' })).toBeVisible()
  await expect(page.getByText(/Read \d+ s ago/)).toBeVisible()
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
