import { expect, test } from '../corral'
import { modelRow, openModels, pull } from '../models'

test.describe('a pull that takes as long as the test wants', () => {
  test.use({ launch: { simulator: { pullBytesPerSecond: 1e9, faults: { pullBytesPerSecond: 5e6 } } } })

  test('shows its progress, is cancelled, and goes on where it stopped', async ({ page, corral }) => {
    await openModels(page)
    await pull(page, 'llama3.2:3b')
    await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
    await page.getByRole('button', { name: 'Pause llama3.2:3b' }).click()
    await expect(page.getByText(/paused at \d+%/)).toBeVisible()
    await corral.release()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(modelRow(page, 'llama3.2:3b')).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Remove llama3.2:3b from the list' }).click()
    await expect(page.getByText('Models being pulled appear here', { exact: false })).toBeVisible()
  })
})

test('a model is loaded, looked at, unloaded and deleted after one question', async ({ page }) => {
  await openModels(page)
  const row = modelRow(page, 'qwen3:8b')
  const actions = row.getByRole('button', { name: 'Actions for qwen3:8b' })
  await actions.click()
  await page.getByRole('menuitem', { name: 'Load into memory' }).click()
  await expect(row.getByText('100%')).toBeVisible()
  await row.press('Enter')
  await expect(page.getByText('Maximum context')).toBeVisible()
  await expect(page.getByText('In VRAM')).toBeVisible()
  await row.press('Escape')
  await expect(page.getByText('Maximum context')).toBeHidden()
  await actions.click()
  await page.getByRole('menuitem', { name: 'Unload' }).click()
  await expect(row.getByText('on disk')).toBeVisible()
  await actions.click()
  await page.getByRole('menuitem', { name: /Delete/ }).click()
  await expect(page.getByText('It frees up to 5.23 GB', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Delete model' }).click()
  await expect(row).toBeHidden()
})
