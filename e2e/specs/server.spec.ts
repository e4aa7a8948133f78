import { expect, test } from '../corral'
import { startServer, strip } from '../screens'

test('a changed setting asks for a restart, and is in force afterwards', async ({ page }) => {
  await startServer(page)
  await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
  await expect(page.getByText('1 change').first()).toBeVisible()
  await expect(page.getByText('Restart needed', { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Apply and restart' }).click()
  await expect(page.getByRole('button', { name: 'Apply and restart' })).toBeHidden()
  await expect(strip(page).getByText('Ready')).toBeVisible()
  await page.getByRole('tab', { name: 'In effect' }).click()
  const row = page.getByRole('row').filter({ hasText: 'OLLAMA_NUM_PARALLEL' })
  await expect(row.getByRole('cell').nth(1)).toHaveText('4')
  await expect(row.getByRole('cell').nth(2)).toHaveText('4')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(strip(page).getByText('Stopped')).toBeVisible()
})
