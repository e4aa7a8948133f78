import { expect, test } from '../corral'
import { onDisk } from '../on-disk'
import { ask, askInNewChat, chats, chatTitle, conversation, figures, question, streaming } from '../playground'
import { openScreen } from '../screens'

const preferences = { startServerOnLaunch: true }

test.describe('with a server', () => {
  test.use({ launch: { preferences } })

  test('the end of an answer stays in sight when the window gets smaller', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    for (const height of [600, 1200, 600]) {
      await page.setViewportSize({ width: 1280, height })
      await expect(figures(page)).toBeInViewport()
    }
  })

  test('chats are searched, renamed, deleted and brought back', async ({ page }) => {
    await askInNewChat(page, 'The first request')
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
    await expect(chatTitle(page)).toHaveText('Memory')

    await chats(page).getByRole('button', { name: 'Actions for Memory' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(chats(page).getByRole('link')).toHaveCount(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(chatTitle(page)).toHaveText('Memory')
    await expect(conversation(page)).toContainText('显存够吗')
  })

  test('F38: what was written and not sent is there after a reload', async ({ page }) => {
    await openScreen(page, 'Playground')
    await question(page).fill('还没发送 and not sent')
    await page.reload()
    await expect(question(page)).toHaveValue('还没发送 and not sent')
  })

  test('parameters go with the question', async ({ page }) => {
    await openScreen(page, 'Playground')
    await page.getByRole('button', { name: 'Parameters' }).click()
    await page.getByLabel('Max tokens').fill('12')
    await page.getByLabel('Seed').fill('4711')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await ask(page, 'Be short')
    await expect(page.getByText('Reached the token limit')).toBeVisible()
    await figures(page).click()
    await expect(page.getByRole('dialog')).toContainText('4711')
  })

  test('an answer cut off by the server is kept and marked, and can be given again', async ({ page, corral }) => {
    await corral.setFaults({ dropAfterTokens: 20 })
    await openScreen(page, 'Playground')
    await ask(page, 'How fast is it?')
    await expect(page.getByText('Cut off.')).toBeVisible()
    await corral.release()
    await page.getByRole('button', { name: 'Answer again' }).first().click()
    await expect(conversation(page)).toContainText('Measure before you believe')
    await expect(conversation(page)).toContainText('2 of 2')
    await page.getByRole('button', { name: 'Earlier answer' }).click()
    await expect(page.getByText('Cut off.')).toBeVisible()
  })
})

test.describe('in the middle of an answer', () => {
  test.use({ launch: { preferences, simulator: { faults: { holdsAfterTokens: 60 } } } })

  test('Escape stops it and keeps what had come', async ({ page }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(streaming(page)).toBeVisible()
    await expect(conversation(page)).toContainText('Three things')
    await question(page).press('Escape')
    await expect(conversation(page).getByText('Stopped')).toBeVisible()
    await expect(conversation(page)).toContainText('Three things')
  })

  test('leaving the screen does not stop it', async ({ page, corral }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(streaming(page)).toBeVisible()
    await openScreen(page, 'Settings')
    await corral.release()
    await page.goBack()
    await expect(conversation(page)).toContainText('Measure before you believe', { timeout: 30_000 })
    await expect(figures(page)).toBeVisible()
  })

  test('a killed runner leaves the half answer, marked, and the next question loads the model anew', async ({
    page,
    corral,
  }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('Three things')
    corral.killChild('runner')
    await expect(page.getByText("Cut off. The model's process exited unexpectedly")).toBeVisible()
    await expect(conversation(page)).toContainText('Three things')
    await ask(page, 'And now?')
    await expect(streaming(page)).toBeVisible()
  })

  test('a host that is killed leaves the half answer, marked', async ({ page, corral }) => {
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('Three things')
    await expect.poll(() => onDisk.answerText(corral.dataFolder)).toContain('Three things')
    await corral.kill()
    const again = await corral.start()
    await openScreen(again, 'Playground')
    await chats(again)
      .getByRole('link', { name: /How fast/ })
      .click()
    await expect(conversation(again)).toContainText('Corral quit while the answer was being written')
    await expect(conversation(again)).toContainText('Three things')
  })
})

test.describe('in the middle of a long answer', () => {
  test.use({ launch: { preferences, simulator: { faults: { holdsAfterTokens: 190 } } } })

  test('a reader who scrolls up is left in peace, and can go back to the end', async ({ page }) => {
    await page.setViewportSize({ width: 1100, height: 480 })
    await askInNewChat(page, 'How fast is it?')
    await expect(conversation(page)).toContainText('Q8_0')
    await conversation(page).hover()
    const top = () => conversation(page).evaluate((element) => element.scrollTop)
    // A row that is measured on the way up moves the end of the way.
    await expect(async () => {
      await page.mouse.wheel(0, -2000)
      expect(await top()).toBe(0)
    }).toPass()
    const toEnd = page.getByRole('button', { name: 'Jump to end' })
    await expect(toEnd).toBeVisible()
    await question(page).press('Escape')
    await expect(streaming(page)).toHaveCount(0)
    expect(await top()).toBe(0)
    await toEnd.click()
    await expect(figures(page)).toBeInViewport()
  })
})

test('without a server the playground says so, and starts one', async ({ page }) => {
  await openScreen(page, 'Playground')
  await expect(page.getByText('The server is not running')).toBeVisible()
  await page.getByRole('button', { name: 'Start the server' }).click()
  await expect(page.getByText('The server is not running')).toBeHidden()
  await ask(page, 'Hello')
  await expect(figures(page)).toBeVisible()
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
