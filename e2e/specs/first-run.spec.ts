import { expect, test } from '../corral'

test('from the first start to the first token', async ({ page }) => {
  await expect(page.getByText('3 of 5 steps').or(page.getByText('2 of 5 steps'))).toBeVisible()
  await expect(page.getByRole('heading', { name: '2 GPUs' })).toBeVisible()
  await expect(page.getByText('simulated').first()).toBeVisible()
  await page.getByRole('button', { name: 'Start server' }).click()
  await expect(page.getByRole('heading', { name: '2 models are installed' })).toBeVisible()
  await page.getByRole('button', { name: 'Ask' }).click()
  await expect(page.getByText('It works.')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('tok/s').first()).toBeVisible()
  await page.getByRole('button', { name: 'Go to the overview' }).click()
  await expect(page.getByRole('heading', { name: 'Needs attention' })).toBeVisible()
  await expect(page.getByText('Loaded models').first()).toBeVisible()
})
