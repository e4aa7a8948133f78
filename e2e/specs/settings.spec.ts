import { expect, test } from '../corral'
import { choose, openScreen } from '../screens'

test('the language changes at once and is kept', async ({ page, corral }) => {
  await openScreen(page, 'Settings')
  await choose(page, 'Language', '简体中文')
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await corral.stop()
  const again = await corral.start()
  await expect(again.getByRole('navigation').getByRole('link', { name: '设置' })).toBeVisible()
})
