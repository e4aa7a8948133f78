import { expectAccessible } from '../accessibility'
import { expect, test } from '../corral'
import { choose, openScreen, screens } from '../screens'

test('every screen opens, and axe finds nothing on it', async ({ page }) => {
  for (const name of screens) {
    await openScreen(page, name)
    await expectAccessible(page)
  }
})

test('axe finds nothing in the dark either', async ({ page }) => {
  await openScreen(page, 'Settings')
  await choose(page, 'Appearance', 'Dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  for (const name of screens) {
    await openScreen(page, name)
    await expectAccessible(page)
  }
})

test('the language changes at once and is kept', async ({ page, corral }) => {
  await openScreen(page, 'Settings')
  await choose(page, 'Language', '简体中文')
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await corral.stop()
  const again = await corral.start()
  await expect(again.getByRole('navigation').getByRole('link', { name: '设置' })).toBeVisible()
})

test('the palette goes to a screen', async ({ page }) => {
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder('Go to a screen').fill('gpu')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('heading', { name: 'GPUs', level: 1 })).toBeVisible()
})
