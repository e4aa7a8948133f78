import { expect, test } from '../corral'
import { ask, askInNewChat, chats, conversation, figures } from '../playground'
import { openScreen } from '../screens'

test.use({ launch: { preferences: { startServerOnLaunch: true } } })

test('a question is answered with code, a table and its figures, is there after a restart, and goes on', async ({
  page,
  corral,
}) => {
  await askInNewChat(page, 'How fast is it?')
  await expect(figures(page)).toContainText('tok/s')
  await expect(conversation(page).locator('pre')).toContainText('bandwidth_gb_per_s')
  await expect(conversation(page).locator('.hljs-keyword').first()).toBeVisible()
  await expect(conversation(page).getByRole('table')).toBeVisible()
  await expect(page.getByText('Simulated').first()).toBeVisible()
  await figures(page).click()
  await expect(page.getByText('Prompt tokens')).toBeVisible()

  await corral.stop()
  const again = await corral.start()
  await openScreen(again, 'Playground')
  await chats(again)
    .getByRole('link', { name: /How fast/ })
    .click()
  await expect(conversation(again)).toContainText('Measure before you believe')
  await ask(again, 'And now?')
  await expect(figures(again)).toHaveCount(2)
})
