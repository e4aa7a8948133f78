import { compose, endWord, orders, pressTakenEnter } from '../composing'
import { expect, test } from '../corral'
import { logSearch } from '../log'
import { askInNewChat, chats, chatTitle, conversation, question, streaming } from '../playground'
import { openScreen } from '../screens'

test.use({ launch: { preferences: { startServerOnLaunch: true } } })

test('C1: a question is typed, pasted and asked in Chinese', async ({ page }) => {
  await openScreen(page, 'Playground')
  await question(page).focus()
  const word = await compose(page, "ni'hao")
  await expect(question(page)).toHaveValue("ni'hao")
  await word.choose('你好')
  await expect(question(page)).toHaveValue('你好')
  await page.keyboard.insertText('，请说明：')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.insertText('显存够吗？')
  await page.keyboard.press('Enter')
  await expect(chatTitle(page)).toHaveText('你好，请说明：')
  await expect(conversation(page)).toContainText('显存够吗？')
  await expect(question(page)).toHaveValue('')
})

test('C1: a question left in the middle of a word is there again', async ({ page }) => {
  await openScreen(page, 'Playground')
  await question(page).focus()
  await page.keyboard.insertText('显存')
  await compose(page, "gou'ma")
  await openScreen(page, 'Models')
  await openScreen(page, 'Playground')
  await expect(question(page)).toHaveValue(/^显存/)
  await page.keyboard.press('Control+K')
  await expect(page.getByPlaceholder('Go to a screen')).toBeFocused()
})

for (const order of orders) {
  test(`C1: the Enter that ends a word asks nothing, the next one does (${order})`, async ({ page }) => {
    await openScreen(page, 'Playground')
    await question(page).fill('你好')
    await endWord(question(page), order)
    await expect(question(page)).toHaveValue('你好')
    await expect(chats(page).getByRole('link')).toHaveCount(0)
    await pressTakenEnter(question(page))
    await expect(chatTitle(page)).toHaveText('你好')
  })

  test(`C1: so in rename, search, palette and pull box (${order})`, async ({ page }) => {
    await askInNewChat(page, '第一个问题')
    await chats(page)
      .getByRole('button', { name: /Actions for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    const title = page.getByRole('textbox', { name: 'Title' })
    await title.fill('显存')
    await endWord(title, order)
    await endWord(title, order, 'Escape')
    await expect(title).toHaveValue('显存')
    await pressTakenEnter(title)
    await expect(chatTitle(page)).toHaveText('显存')

    const search = page.getByRole('searchbox', { name: /Search/ })
    await search.fill('第一个')
    await endWord(search, order, 'Escape')
    await expect(search).toHaveValue('第一个')
    await expect(chats(page).getByRole('link')).toHaveCount(1)

    await page.keyboard.press('Control+K')
    const palette = page.getByPlaceholder('Go to a screen')
    await palette.fill('Models')
    await endWord(palette, order)
    await endWord(palette, order, 'Escape')
    await expect(palette).toHaveValue('Models')
    await page.keyboard.press('Enter')
    await expect(palette).toBeHidden()

    const pull = page.getByRole('textbox', { name: 'Name of a model to pull' })
    await pull.fill('llama3.2:3b')
    await endWord(pull, order)
    await endWord(pull, order, 'Escape')
    await expect(pull).toHaveValue('llama3.2:3b')
    await pressTakenEnter(pull)
    await expect(pull).toHaveValue('')

    await openScreen(page, 'Server')
    await page.getByRole('tab', { name: 'Log' }).click()
    await logSearch(page).fill('显卡')
    await endWord(logSearch(page), order, 'Escape')
    await expect(logSearch(page)).toHaveValue('显卡')
    await page.keyboard.press('Escape')
    await expect(logSearch(page)).toHaveValue('')
  })
}

test.describe('while an answer is made', () => {
  test.use({ launch: { preferences: { startServerOnLaunch: true }, simulator: { decodeTokensPerSecond: 10 } } })

  for (const order of orders) {
    test(`C1: the Escape that closes the candidates stops no answer (${order})`, async ({ page }) => {
      await askInNewChat(page, 'How fast is it?')
      await expect(streaming(page)).toBeVisible()
      await question(page).fill('下一个')
      await endWord(question(page), order, 'Escape')
      await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByText('Stopped', { exact: false }).first()).toBeVisible()
    })
  }
})
