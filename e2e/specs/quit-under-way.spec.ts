import type { Page } from '@playwright/test'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

/** Slow enough that all of it is in the middle at the same time; the two models have room side by side. */
test.use({
  launch: {
    preferences: { startServerOnLaunch: true },
    simulator: { decodeTokensPerSecond: 12, pullBytesPerSecond: 20e6 },
  },
})

async function pull(page: Page) {
  await openScreen(page, 'Models')
  await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('llama3.2:3b')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
}

async function ask(page: Page) {
  await openScreen(page, 'Playground')
  await page.getByRole('textbox', { name: 'Ask something' }).fill('How fast is it?')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Conversation' })).toContainText('Quantization')
}

async function measure(page: Page) {
  await openScreen(page, 'Benchmark')
  await page.getByText('How fast', { exact: true }).click()
  await page.getByRole('button', { name: 'Run benchmark' }).click()
  await expect(page.getByRole('button', { name: 'Cancel, keep results' })).toBeVisible()
}

test('quitting in the middle of a pull, an answer and a run loses none of them', async ({ page, corral }) => {
  await pull(page)
  await ask(page)
  await measure(page)
  await corral.stop()
  await corral.expectNoProcess()

  const again = await corral.start()
  await openScreen(again, 'Models')
  await expect(again.getByRole('button', { name: 'Resume' })).toBeVisible()
  await openScreen(again, 'Benchmark')
  await expect(again.getByRole('main')).toContainText('interrupted')
  await openScreen(again, 'Playground')
  await again.getByRole('link', { name: /How fast is it/ }).click()
  const conversation = again.getByRole('region', { name: 'Conversation' })
  await expect(conversation).toContainText('Quantization')
  await expect(conversation).toContainText('Corral ended while the answer was being written')
  await openScreen(again, 'Models')
  await expect(again.getByRole('region', { name: 'What runs' }).getByText('Ready')).toBeVisible()
  await again.getByRole('button', { name: 'Resume' }).click()
  await expect(again.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
})
