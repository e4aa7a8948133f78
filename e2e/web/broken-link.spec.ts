import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from '../corral'
import { ask, conversation, figures } from '../playground'
import { openScreen } from '../screens'

test.use({ launch: { preferences: { startServerOnLaunch: true }, simulator: { faults: { holdsAfterTokens: 60 } } } })

test('an answer goes on from where the page was when the link broke', async ({ page, corral }) => {
  const links: WebSocketRoute[] = []
  await page.routeWebSocket(/./, (socket) => {
    links.push(socket)
    socket.connectToServer()
  })
  await page.reload()
  await openScreen(page, 'Playground')
  await ask(page, 'How fast is it?')
  await expect(conversation(page)).toContainText('Three things decide')

  const before = links.length
  await links.at(-1)?.close()
  await expect.poll(() => links.length).toBeGreaterThan(before)
  await corral.release()

  await expect(figures(page)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Copy answer' }).waitFor()
  const said = (await conversation(page).textContent()) ?? ''
  for (const once of ['Three things decide', 'The batch.', 'Q5_K_M', 'Measure before you believe']) {
    expect(said.split(once).length - 1, `"${once}" is there once`).toBe(1)
  }
})
