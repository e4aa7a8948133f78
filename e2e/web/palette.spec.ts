import { expect, test } from '../corral'
import { runInPalette } from '../palette'
import { openScreen } from '../screens'

test('the mark of the simulator leads to the way out of it', async ({ page }) => {
  await page.getByRole('link', { name: 'simulated' }).click()
  await expect(page.getByRole('main').getByRole('button', { name: 'Exit simulator' })).toBeFocused()
})

test('a row that one is led to is marked for a moment', async ({ page }) => {
  await page.evaluate(() => {
    const marked: string[] = []
    Object.assign(window, { marked })
    const look = () => {
      for (const row of document.querySelectorAll('[data-marked]')) marked.push(row.textContent ?? '')
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await runInPalette(page, 'OLLAMA_KEEP_ALIVE')
  await expect(page.getByRole('textbox', { name: 'Keep alive' })).toBeFocused()
  expect(await page.evaluate(() => 'marked' in window && String(window.marked))).toContain('Keep alive')
  await expect(page.locator('[data-marked]')).toHaveCount(0)
})

test('the palette begins a pull and a chat, and changes language and theme', async ({ page }) => {
  await runInPalette(page, 'pull a model')
  await expect(page.getByRole('textbox', { name: 'Name of a model to pull' })).toBeFocused()
  await openScreen(page, 'Playground')
  await openScreen(page, 'Models')
  await runInPalette(page, 'new chat')
  await expect(page.getByRole('textbox', { name: 'Ask something' })).toBeFocused()
  await openScreen(page, 'Models')
  await runInPalette(page, 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await runInPalette(page, '中文')
  await expect(page.getByRole('heading', { name: '模型', level: 1 })).toBeVisible()
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder('转到页面').fill('keep alive')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '保留时间' })).toBeFocused()
})

test('F29: the palette finds what is meant in either language, and pulls what is typed', async ({ page }) => {
  await runInPalette(page, '显存')
  await expect(page.getByRole('heading', { name: 'GPUs', level: 1 })).toBeVisible()
  await runInPalette(page, '日志')
  await expect(page.getByRole('tab', { name: 'Log', selected: true })).toBeVisible()
  await runInPalette(page, 'qwen3:14b')
  await expect(page.getByRole('listitem', { name: 'qwen3:14b' })).toBeVisible()
  await runInPalette(page, '退出模拟')
  await expect(page.getByRole('link', { name: 'simulated' })).toBeHidden()
})
