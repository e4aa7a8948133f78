import type { Page } from '@playwright/test'
import { expect, test } from '../corral'
import { openScreen, startServer, strip } from '../screens'

async function serverPid(page: Page): Promise<number> {
  const sentence = page.getByText(/started by (Corral|an earlier Corral) .* \(pid \d+\)/)
  await expect(sentence).toBeVisible()
  return Number(/pid (\d+)/.exec((await sentence.textContent()) ?? '')?.[1])
}

test('on a wide window, what changes and what the next start sets stand beside the settings', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await openScreen(page, 'Server')
  const side = page.getByRole('complementary', { name: 'The next start' })
  await expect(side).toContainText('No changes.')
  await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
  await expect(side.getByRole('listitem')).toHaveText(['+ OLLAMA_NUM_PARALLEL=4'])
  await expect(side).toContainText('The next start sets 2 variables')
})

test('no address is in force while no server runs', async ({ page }) => {
  await openScreen(page, 'Server')
  const address = page.getByRole('region', { name: 'Address' })
  await expect(address.getByText('—')).toHaveCount(2)
  await startServer(page)
  await expect(address.getByText('—')).toHaveCount(0)
})

test('a value that Ollama would not accept cannot be saved', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('textbox', { name: 'Keep alive' }).fill('ten minutes')
  await expect(page.getByText('Such as 10m, 1h30m, 300 or -1.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('1 change')).toBeHidden()
})

test('F25: a number field keeps what was typed and says the range', async ({ page }) => {
  await openScreen(page, 'Server')
  const parallel = page.getByRole('textbox', { name: 'Parallel requests' })
  for (const typed of ['-3', '3.5', '1e3', '３']) {
    await parallel.fill(typed)
    await expect(parallel).toHaveValue(typed)
    await expect(page.getByText('A whole number from 1 to 64')).toBeVisible()
  }
  await parallel.fill('2')
  await parallel.press('ArrowUp')
  await expect(parallel).toHaveValue('3')
  const port = page.getByRole('textbox', { name: 'Port' })
  await port.fill('1e3')
  await expect(port).toHaveValue('1e3')
  await expect(page.getByText('A whole number from 1 to 65535.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
})

test('L2: settings that no model loads with are said before they are saved', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('radiogroup', { name: 'Flash attention' }).getByText('Off', { exact: true }).click()
  await page.getByLabel('KV cache type').first().click()
  await page.getByRole('option', { name: 'q8_0' }).click()
  await expect(page.getByText('No model will load: a quantized KV cache needs flash attention')).toHaveCount(2)
  await expect(page.getByText('No model will load with these settings')).toBeVisible()
})

test('F38: Advanced is remembered, and a filter without hits says so', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('switch', { name: 'Advanced' }).click()
  await openScreen(page, 'Models')
  await openScreen(page, 'Server')
  await expect(page.getByRole('switch', { name: 'Advanced' })).toBeChecked()
  await page.getByRole('textbox', { name: 'Filter settings' }).fill('zzz')
  await expect(page.getByText('No setting matches.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all settings' }).click()
  await expect(page.getByRole('textbox', { name: 'Parallel requests' })).toBeVisible()
})

test('F33: a variable that loads foreign code is refused at its field', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('switch', { name: 'Advanced' }).click()
  await page.getByRole('button', { name: 'Add a variable' }).click()
  await page.getByRole('textbox', { name: 'Name of the variable' }).fill('LD_PRELOAD')
  await page.getByRole('textbox', { name: 'Value' }).fill('/tmp/evil.so')
  await expect(page.getByText('This variable can inject code into a program')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
})

test('a server that is killed comes back, and it is said that it crashed', async ({ page }) => {
  await startServer(page)
  const pid = await serverPid(page)
  process.kill(pid, 'SIGKILL')
  await expect(page.getByText(/The server crashed at .* with SIGKILL and was restarted/)).toBeVisible({
    timeout: 20_000,
  })
  await expect(strip(page).getByText('Ready')).toBeVisible()
  expect(await serverPid(page)).not.toBe(pid)
})

test('a server that is stopped from outside is stopped, and not started again by itself', async ({ page }) => {
  await startServer(page)
  process.kill(await serverPid(page), 'SIGTERM')
  await expect(page.getByText('The server was stopped outside Corral')).toBeVisible()
  await expect(strip(page).getByText('Stopped')).toBeVisible()
})

test('a host that is killed leaves the server, and the next one takes it up', async ({ page, corral }) => {
  await startServer(page)
  const pid = await serverPid(page)
  await corral.kill()
  const again = await corral.start()
  await openScreen(again, 'Server')
  await expect(again.getByText(`started by an earlier Corral`, { exact: false })).toBeVisible()
  expect(await serverPid(again)).toBe(pid)
  await again.getByRole('button', { name: 'Stop' }).click()
  await expect(strip(again).getByText('Stopped')).toBeVisible()
})
