import type { Page } from '@playwright/test'
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

async function run(page: Page, query: string) {
  await page.keyboard.press('Control+K')
  const field = page.getByPlaceholder('Go to a screen')
  await expect(field).toBeFocused()
  await field.fill(query)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

test('the palette finds a setting by its variable and leads to its row, again and again', async ({ page }) => {
  await openScreen(page, 'Models')
  await run(page, 'gpu_overhead')
  const reserve = page.getByRole('textbox', { name: 'Reserve per GPU' })
  await expect(reserve).toBeFocused()
  await expect(reserve).toBeInViewport()
  await run(page, 'paralel')
  await expect(page.getByRole('textbox', { name: 'Parallel requests' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Filter settings' }).fill('proxy')
  await expect(reserve).toBeHidden()
  await run(page, 'reserve per')
  await expect(reserve).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Filter settings' })).toHaveValue('')
})

test('the mark of the simulator leads to the way out of it', async ({ page }) => {
  await page.getByRole('link', { name: 'simulated' }).click()
  await expect(page.getByRole('main').getByRole('button', { name: 'Leave the simulator' })).toBeFocused()
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
  await run(page, 'OLLAMA_KEEP_ALIVE')
  await expect(page.getByRole('textbox', { name: 'Keep alive' })).toBeFocused()
  expect(await page.evaluate(() => 'marked' in window && String(window.marked))).toContain('Keep alive')
  await expect(page.locator('[data-marked]')).toHaveCount(0)
})

test('the palette begins a pull and a chat, and changes language and theme', async ({ page }) => {
  await run(page, 'pull a model')
  await expect(page.getByRole('textbox', { name: 'Name of a model to pull' })).toBeFocused()
  await openScreen(page, 'Playground')
  await openScreen(page, 'Models')
  await run(page, 'new chat')
  await expect(page.getByRole('textbox', { name: 'Ask something' })).toBeFocused()
  await openScreen(page, 'Models')
  await run(page, 'dark')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await run(page, '中文')
  await expect(page.getByRole('heading', { name: '模型', level: 1 })).toBeVisible()
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder('转到页面').fill('keep alive')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '保留时间' })).toBeFocused()
})
