import { expect, test } from '../corral'
import { pull } from '../models'
import { ask, chats, conversation } from '../playground'
import { openScreen, strip } from '../screens'

/** All of it is in the middle at the same time; the two models have room side by side. */
test.use({
  launch: {
    preferences: { startServerOnLaunch: true },
    simulator: { pullBytesPerSecond: 1e9, faults: { holdsAfterTokens: 60, pullBytesPerSecond: 5e6 } },
  },
})

test('quitting in the middle of a pull, an answer and a run loses none of them', async ({ page, corral }) => {
  await openScreen(page, 'Models')
  await pull(page, 'llama3.2:3b')
  await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
  await openScreen(page, 'Playground')
  await ask(page, 'How fast is it?')
  await expect(conversation(page)).toContainText('Three things')
  await openScreen(page, 'Benchmark')
  await page.getByText('How fast', { exact: true }).click()
  await page.getByRole('button', { name: 'Run benchmark' }).click()
  await expect(page.getByRole('button', { name: 'Cancel, keep results' })).toBeVisible()
  await corral.stop()
  await corral.expectNoProcess()

  corral.configureNextServer({ faults: {} })
  const again = await corral.start()
  await openScreen(again, 'Models')
  await expect(again.getByRole('button', { name: 'Resume' })).toBeVisible()
  await openScreen(again, 'Benchmark')
  await expect(again.getByRole('main')).toContainText('interrupted')
  await openScreen(again, 'Playground')
  await chats(again)
    .getByRole('link', { name: /How fast is it/ })
    .click()
  await expect(conversation(again)).toContainText('Three things')
  await expect(conversation(again)).toContainText('Corral quit while the answer was being written')
  await openScreen(again, 'Models')
  await expect(strip(again).getByText('Ready')).toBeVisible()
  await again.getByRole('button', { name: 'Resume' }).click()
  await expect(again.getByRole('row').filter({ hasText: 'llama3.2:3b' })).toBeVisible({ timeout: 30_000 })
})
