import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

const preferences = { startServerOnLaunch: true }
/** Slow enough to be caught in the middle: the answers have about 200 tokens. */
const slow = { decodeTokensPerSecond: 12 }

const question = (page: Page) => page.getByRole('textbox', { name: 'Ask something' })
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
const chats = (page: Page) => page.getByRole('navigation', { name: 'Chats' })
const title = (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 })

async function ask(page: Page, text: string) {
  await question(page).fill(text)
  await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeEnabled()
  await question(page).press('Enter')
}

async function askInNewChat(page: Page, text: string) {
  await openScreen(page, 'Playground')
  await ask(page, text)
  await expect(title(page)).toHaveText(text)
}

const streaming = (page: Page) => page.getByRole('status').getByText('Streaming')

test.describe('with a server', () => {
  test.use({ launch: { preferences } })

  test('a first question is answered, with code, a table, its figures and a title', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(page.getByRole('button', { name: /Figures of this answer/ })).toContainText('tok/s')
    await expect(conversation(page).locator('pre')).toContainText('bandwidth_gb_per_s')
    await expect(conversation(page).locator('.hljs-keyword').first()).toBeVisible()
    await expect(conversation(page).getByRole('table')).toBeVisible()
    await expect(page.getByText('Simulated').first()).toBeVisible()
    await page.getByRole('button', { name: /Figures of this answer/ }).click()
    await expect(page.getByText('Tokens of the prompt')).toBeVisible()
    await page.keyboard.press('Escape')
    await expectAccessible(page)
  })

  test('the end of an answer stays in sight when the window gets smaller', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    const figures = page.getByRole('button', { name: /Figures of this answer/ })
    for (const height of [600, 1200, 600]) {
      await page.setViewportSize({ width: 1280, height })
      await expect(figures).toBeInViewport({ timeout: 3000 })
    }
  })

  test('a conversation is there after a restart, and goes on', async ({ page, corral }) => {
    await askInNewChat(page, 'Are you there?')
    await expect(page.getByRole('button', { name: /Figures of this answer/ })).toBeVisible()
    await corral.stop()
    const again = await corral.start()
    await openScreen(again, 'Playground')
    await chats(again)
      .getByRole('link', { name: /Are you there/ })
      .click()
    await expect(conversation(again)).toContainText('Measure before you believe')
    await ask(again, 'And now?')
    await expect(again.getByRole('button', { name: /Figures of this answer/ })).toHaveCount(2)
  })

  test('chats are searched, renamed, deleted and brought back', async ({ page }) => {
    await askInNewChat(page, 'The first question')
    await chats(page).getByRole('button', { name: 'New chat' }).click()
    await ask(page, '第二个问题：显存够吗')
    await expect(chats(page).getByRole('link')).toHaveCount(2)

    const search = page.getByRole('searchbox', { name: /Search/ })
    await search.fill('显存')
    await expect(chats(page).getByRole('link')).toHaveCount(1)
    await search.fill('nothing like it')
    await expect(chats(page)).toContainText('Nothing found')
    await search.fill('')
    await expect(chats(page).getByRole('link')).toHaveCount(2)

    await chats(page)
      .getByRole('button', { name: /Actions for 第二个/ })
      .click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Memory')
    await page.keyboard.press('Enter')
    await expect(title(page)).toHaveText('Memory')

    await chats(page).getByRole('button', { name: 'Actions for Memory' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(chats(page).getByRole('link')).toHaveCount(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(title(page)).toHaveText('Memory')
    await expect(conversation(page)).toContainText('显存够吗')
  })

  test('parameters go with the question', async ({ page }) => {
    await openScreen(page, 'Playground')
    await page.getByRole('button', { name: 'Parameters' }).click()
    await page.getByLabel('Longest answer').fill('12')
    await page.getByLabel('Seed').fill('4711')
    await page.keyboard.press('Tab')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await ask(page, 'Be short')
    await expect(page.getByText('Ended at the limit of tokens')).toBeVisible()
    await page.getByRole('button', { name: /Figures of this answer/ }).click()
    await expect(page.getByRole('dialog')).toContainText('4711')
  })

  test('an answer cut off by the server is kept and marked, and can be given again', async ({ page, corral }) => {
    await openScreen(page, 'Playground')
    await expect(page.getByText('The server is not running')).toBeHidden()
    await expect
      .poll(() =>
        corral.setFaults({ dropAfterTokens: 20 }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await ask(page, 'How fast is it?')
    await expect(page.getByText('Cut short.')).toBeVisible()
    await corral.setFaults({ dropAfterTokens: null })
    await page.getByRole('button', { name: 'Answer again' }).first().click()
    await expect(conversation(page)).toContainText('Measure before you believe')
    await expect(conversation(page)).toContainText('2 of 2')
    await page.getByRole('button', { name: 'Earlier answer' }).click()
    await expect(page.getByText('Cut short.')).toBeVisible()
  })
})

test.describe('in the middle of an answer', () => {
  test.use({ launch: { preferences, simulator: slow } })

  test('Escape stops it and keeps what had come', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(streaming(page)).toBeVisible()
    await expect(conversation(page)).toContainText(/Quantization|Three things/)
    await question(page).press('Escape')
    await expect(conversation(page).getByText('Stopped')).toBeVisible()
    await expect(conversation(page)).toContainText(/Quantization|Three things/)
  })

  test('a reader who scrolls up is left in peace, and can go back to the end', async ({ page }) => {
    await page.setViewportSize({ width: 1100, height: 480 })
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('def ceiling')
    await conversation(page).hover()
    const top = () => conversation(page).evaluate((element) => element.scrollTop)
    // A row that is measured on the way up moves the end of the way.
    await expect(async () => {
      await page.mouse.wheel(0, -2000)
      expect(await top()).toBe(0)
    }).toPass()
    const toEnd = page.getByRole('button', { name: 'Go to the end' })
    await expect(toEnd).toBeVisible()
    await question(page).press('Escape')
    await expect(streaming(page)).toHaveCount(0)
    expect(await top()).toBe(0)
    await toEnd.click()
    await expect(page.getByRole('button', { name: /Figures of this answer/ })).toBeInViewport()
  })

  test('leaving the screen does not stop it', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(streaming(page)).toBeVisible()
    await openScreen(page, 'Settings')
    await page.goBack()
    await expect(conversation(page)).toContainText('Measure before you believe', { timeout: 30_000 })
    await expect(page.getByRole('button', { name: /Figures of this answer/ })).toBeVisible()
  })

  test('a killed runner leaves the half answer, marked, and the next question loads the model anew', async ({
    page,
    corral,
  }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('Three things')
    corral.killChild('runner')
    await expect(page.getByText("Cut short. The model's process ended in the middle")).toBeVisible()
    await expect(conversation(page)).toContainText('Three things')
    await ask(page, 'And now?')
    await expect(streaming(page)).toBeVisible()
  })

  test('a host that is killed leaves the half answer, marked', async ({ page, corral }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('Three things')
    await page.waitForTimeout(600) // what may be lost is the last half second
    await corral.kill()
    const again = await corral.start()
    await openScreen(again, 'Playground')
    await chats(again)
      .getByRole('link', { name: /How fast/ })
      .click()
    await expect(conversation(again)).toContainText('Corral ended while the answer was being written')
    await expect(conversation(again)).toContainText('Three things')
  })
})

test('without a server the playground says so, and starts one', async ({ page }) => {
  await openScreen(page, 'Playground')
  await expect(page.getByText('The server is not running')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start the server' }).click()
  await expect(page.getByText('The server is not running')).toBeHidden()
  await ask(page, 'Hello')
  await expect(page.getByRole('button', { name: /Figures of this answer/ })).toBeVisible()
})

test.describe('without a model', () => {
  test.use({ launch: { preferences, simulator: { installed: [] } } })

  test('the playground leads to the models', async ({ page }) => {
    await openScreen(page, 'Playground')
    await expect(page.getByText('No model is installed')).toBeVisible()
    await page.getByRole('link', { name: 'Pull a model' }).click()
    await expect(page.getByRole('main').getByRole('heading', { name: 'Models', level: 1 })).toBeVisible()
  })
})
