import { expect, test } from '../corral'

test.use({ launch: { simulator: { startDelayMs: 600_000 }, preferences: { isChecklistDone: true } } })

test('a busy button keeps the focus of the keyboard and takes no other press', async ({ corral }) => {
  const { page } = corral
  const start = page.getByRole('main').getByRole('button', { name: 'Start server' })
  await start.focus()
  await page.keyboard.press('Enter')
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await expect(start).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Status' })).toContainText('Starting')
  await expect(start).toBeFocused()
})
