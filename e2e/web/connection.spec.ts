import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { question } from '../playground'
import { openScreen } from '../screens'
import { startWebHost } from '../web-host'

test('a host that has gone silent is told, and comes back without a word', async ({ corral, page }) => {
  await openScreen(page, 'Settings')
  process.kill(corral.pid, 'SIGSTOP')
  try {
    await expect(page.getByRole('alert')).toContainText('The connection to Corral was lost', { timeout: 20_000 })
    await expect(page.getByRole('main').getByRole('heading', { name: 'Settings' })).toBeVisible()
  } finally {
    process.kill(corral.pid, 'SIGCONT')
  }
  await expect(page.getByRole('alert')).toHaveCount(0)
  await openScreen(page, 'Overview')
})

test('a host that was killed is told, and what was on screen stays', async ({ corral, page }) => {
  await openScreen(page, 'Settings')
  await corral.kill()
  await expect(page.getByRole('alert')).toContainText('The connection to Corral was lost')
  await expect(page.getByRole('main').getByRole('heading', { name: 'Settings' })).toBeVisible()
})

/** The host anew on the same folder and port, with the page left open. */
async function restartHost(corral: CorralUnderTest, ...more: string[]) {
  const { port } = new URL(corral.web.url)
  await corral.kill()
  const started = startWebHost([...corral.corralArguments, '--port', port, ...more], corral.environment)
  corral.web.process = started.process
  return started.url
}

test('F17: a page finds its way back after a restart of the host, with its draft, and the link still opens', async ({
  corral,
  page,
}) => {
  await openScreen(page, 'Playground')
  await question(page).fill('half a question')
  const url = await restartHost(corral)
  expect(url).toBe(corral.web.url)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(question(page)).toHaveValue('half a question')
  const second = await page.context().newPage()
  await second.goto(url)
  await openScreen(second, 'Settings')
})

test('F17: after a new link an open page says so and keeps its draft; the old link opens nothing', async ({
  corral,
  page,
}) => {
  await openScreen(page, 'Playground')
  await question(page).fill('half a question')
  const old = corral.web.url
  const url = await restartHost(corral, '--new-link')
  expect(url).not.toBe(old)
  await expect(page.getByRole('alert')).toContainText('Corral now has another link')
  await expect(question(page)).toHaveValue('half a question')
  const second = await page.context().newPage()
  await second.goto(old)
  await expect(second.getByText('This link does not open Corral')).toBeVisible()
  // In the same tab: only the fragment changes, and nothing is loaded anew.
  await page.goto(url)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await openScreen(page, 'Playground')
  await expect(question(page)).toHaveValue('half a question')
})

test('a reload finds its way back', async ({ page }) => {
  await page.reload()
  await openScreen(page, 'Settings')
})

test('a second window of the browser shows the same', async ({ corral, page }) => {
  const second = await page.context().newPage()
  await second.goto(corral.web.url)
  await openScreen(second, 'Settings')
  await openScreen(page, 'Settings')
})

test('a screen whose code could not be fetched is told, and opens at the next try', async ({ page }) => {
  const code = '**/settings-view-*.js'
  await page.route(code, (route) => route.abort())
  await page.evaluate(() => {
    window.location.hash = '/settings'
  })
  await expect(page.getByText('This screen stopped because of an error')).toBeVisible()
  await page.unroute(code)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('main').getByRole('heading', { name: 'Settings' })).toBeVisible()
})
