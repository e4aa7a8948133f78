import type { WebSocketRoute } from '@playwright/test'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

test.use({ launch: { preferences: { startServerOnLaunch: true }, simulator: { decodeTokensPerSecond: 25 } } })

test('an answer goes on from where the page was when the link broke', async ({ page }) => {
  const links: WebSocketRoute[] = []
  await page.routeWebSocket(/./, (socket) => {
    links.push(socket)
    socket.connectToServer()
  })
  await page.reload()
  await openScreen(page, 'Playground')
  const field = page.getByRole('textbox', { name: 'Ask something' })
  await field.fill('How fast is it?')
  await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeEnabled()
  await field.press('Enter')
  const conversation = page.getByRole('region', { name: 'Conversation' })
  await expect(conversation).toContainText('Three things decide')

  const before = links.length
  await links.at(-1)?.close()
  await expect.poll(() => links.length).toBeGreaterThan(before)

  await expect(page.getByRole('button', { name: /Figures of this answer/ })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Copy answer' }).waitFor()
  const said = (await conversation.textContent()) ?? ''
  for (const once of ['Three things decide', 'The batch.', 'Q5_K_M', 'Measure before you believe']) {
    expect(said.split(once).length - 1, `"${once}" is there once`).toBe(1)
  }
})
