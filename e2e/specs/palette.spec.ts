import { expect, test } from '../corral'
import { runInPalette } from '../palette'
import { openScreen } from '../screens'

test('the palette goes to a screen', async ({ page }) => {
  await runInPalette(page, 'gpu')
  await expect(page.getByRole('main').getByRole('heading', { name: 'GPUs', level: 1 })).toBeVisible()
})

test('the palette finds a setting by its variable and leads to its row, again and again', async ({ page }) => {
  await openScreen(page, 'Models')
  await runInPalette(page, 'gpu_overhead')
  const reserve = page.getByRole('textbox', { name: 'Reserve per GPU' })
  await expect(reserve).toBeFocused()
  await expect(reserve).toBeInViewport()
  await runInPalette(page, 'paralel')
  await expect(page.getByRole('textbox', { name: 'Parallel requests' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Filter settings' }).fill('proxy')
  await expect(reserve).toBeHidden()
  await runInPalette(page, 'reserve per')
  await expect(reserve).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Filter settings' })).toHaveValue('')
})
