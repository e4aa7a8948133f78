import { expect, test } from '../corral'
import { openScreen } from '../screens'

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
