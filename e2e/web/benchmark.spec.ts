import { benchmarkSimulator, expectFinished, planRun, runUntilHeld, savedRuns } from '../benchmark'
import { expect, test } from '../corral'
import { choose, openScreen, strip } from '../screens'

test.describe('in the middle of a run', () => {
  test.use({ launch: { preferences: { startServerOnLaunch: true }, simulator: benchmarkSimulator } })

  test('a cancelled run keeps what it has and says that it was cancelled', async ({ page, corral }) => {
    await planRun(page, 'How many people', 64)
    await runUntilHeld(page, corral)
    await page.getByRole('button', { name: 'Cancel, keep results' }).click()
    await expect(page.getByRole('main')).toContainText('This run was cancelled')
    await expect(page.getByRole('main')).toContainText('serves one stream at')
  })

  test('a server that dies leaves a failed run that says why', async ({ page, corral }) => {
    await planRun(page, 'How many people', 64)
    await runUntilHeld(page, corral)
    corral.killChild('server')
    await expectFinished(page)
    await expect(page.getByRole('alert')).toContainText('The connection to the server was lost')
    await expect(page.getByRole('main')).toContainText('serves one stream at')
  })

  test('a killed runner fails the requests it had, and the run goes on with the next', async ({ page, corral }) => {
    await planRun(page, 'How fast', 64)
    await runUntilHeld(page, corral)
    corral.killChild('runner')
    await expect(page.getByRole('main')).toContainText(/1 failed of [2-9] sent/)
    await corral.release()
    await expectFinished(page)
    await expect(page.getByRole('main')).toContainText('1 of 8 failed')
    await expect(page.getByRole('main')).toContainText('serves one stream at')
  })

  test('a killed nvidia-smi does not disturb it', async ({ page, corral }) => {
    await planRun(page, 'How fast', 64)
    await runUntilHeld(page, corral)
    corral.killChild('nvidia-smi')
    await corral.release()
    await expectFinished(page)
    await expect(page.getByRole('main')).toContainText('0 failed')
    await expect(strip(page).getByText(/\/24.* \d+ W/)).toHaveCount(2)
  })

  test('a run whose Corral was killed is kept as interrupted', async ({ page, corral }) => {
    await planRun(page, 'How fast', 64)
    await runUntilHeld(page, corral)
    await corral.kill()
    const again = await corral.start()
    await openScreen(again, 'Benchmark')
    await expect(savedRuns(again)).toHaveCount(2)
    await expect(savedRuns(again).last()).toContainText('interrupted')
    await savedRuns(again).getByRole('link').click()
    await expect(again.getByRole('main')).toContainText('Corral quit during this run')
  })

  test('a plan that does not fit its context says so and cannot be run', async ({ page }) => {
    await planRun(page, 'How fast', 96)
    await page.getByRole('textbox', { name: 'Context length' }).fill('256')
    await page.getByRole('textbox', { name: 'Prompt tokens' }).focus()
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled()
    await page.getByRole('textbox', { name: 'Context length' }).fill('300')
    await page.getByRole('textbox', { name: 'Answer tokens' }).focus()
    await choose(page, 'Work', 'Chat')
    await page.getByRole('textbox', { name: 'Context length' }).fill('512')
    await expect(page.getByRole('main')).toContainText('do not fit into the context')
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeDisabled()
  })
})

test('F6, F40: a plan stays as it was typed, in any order and over a reload, and says what is wrong with it', async ({
  page,
}) => {
  const main = page.getByRole('main')
  const field = (name: string) => page.getByRole('textbox', { name })
  await openScreen(page, 'Benchmark')
  await field('Context length').fill('4096')
  await field('Answer tokens').fill('160')
  await field('Prompt tokens').fill('700')
  await expect(field('Context length')).toHaveValue('4,096')
  await field('Answer tokens').fill('9000')
  await page.keyboard.press('Tab')
  await expect(main).toContainText('From 8 to 8,192')
  await page.reload()
  await expect(field('Answer tokens')).toHaveValue('9,000')
  await expect(field('Prompt tokens')).toHaveValue('700')
  await field('Answer tokens').fill('4000')
  await expect(main).toContainText('do not fit into the context')
  await page.getByRole('button', { name: 'Use a context of 8,192' }).click()
  await expect(field('Context length')).toHaveValue('8,192')
  await page.getByText('How fast', { exact: true }).click()
  await page.getByRole('checkbox', { name: '1 stream', exact: true }).uncheck()
  await expect(main).toContainText('Choose at least one')
  await expect(main).not.toContainText('0 requests')
  await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeDisabled()
})

test('without a server there is nothing to measure, and one button that changes it', async ({ page }) => {
  await openScreen(page, 'Benchmark')
  await expect(page.getByRole('main')).toContainText('The server is not running')
  await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeDisabled()
  await page.getByRole('button', { name: 'Start server' }).click()
  await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled({ timeout: 20_000 })
})
