import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
import { expect, test } from '../corral'
import { choose, openScreen } from '../screens'

const preferences = { startServerOnLaunch: true }
/** Quick to measure, slow enough to be caught in the middle. */
const simulator = { installed: ['llama3.2:1b'], prefillTokensPerSecond: 4000, decodeTokensPerSecond: 60 }

const main = (page: Page) => page.getByRole('main')
const savedRuns = (page: Page) => main(page).locator('section', { hasText: 'Saved runs' }).getByRole('row')

async function plan(page: Page, goal: 'How fast' | 'How many people', answerTokens: number) {
  await openScreen(page, 'Benchmark')
  await page.getByText(goal, { exact: true }).click()
  await page.getByRole('textbox', { name: 'Prompt, tokens' }).fill('64')
  await page.getByRole('textbox', { name: 'Answer, tokens' }).fill(String(answerTokens))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled()
}

const run = (page: Page) => page.getByRole('button', { name: 'Run benchmark' }).click()
const measuring = (page: Page) => expect(main(page)).toContainText('being measured', { timeout: 20_000 })
const finished = (page: Page) =>
  expect(page.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 40_000 })

test.describe('with a server', () => {
  test.use({ launch: { preferences, simulator } })

  test('a run is drawn as it happens, saved, reopened, exported, deleted and brought back', async ({
    page,
    corral,
  }) => {
    await plan(page, 'How fast', 32)
    await expect(main(page)).toContainText('8 requests · 768 tokens')
    await expectAccessible(page)
    await run(page)
    await measuring(page)
    await openScreen(page, 'Overview')
    await expect(page.getByRole('region', { name: 'What runs' })).toContainText(/Benchmark \d+%/)
    await page.getByRole('navigation').getByRole('link', { name: 'Benchmark' }).click()
    await expect(page.getByRole('img', { name: /over the last minute/ })).toBeVisible()
    await expect(main(page)).toContainText('Stream 1')
    await expectAccessible(page)

    await finished(page)
    await expect(main(page)).toContainText(/llama3\.2:1b answers one stream with \d+\.\d tokens a second/)
    await expect(main(page)).toContainText('0 failed')
    await expect(main(page)).toContainText('Time per token')
    await expect(page.getByRole('img', { name: 'Throughput' })).toHaveCount(0)
    await expect(page.getByText('simulated').first()).toBeVisible()
    await page.getByRole('button', { name: /Show 8 requests/ }).click()
    await expect(
      page.getByRole('region', { name: 'Requests' }).getByRole('cell', { name: 'answered' }).first(),
    ).toBeVisible()
    await expectAccessible(page)

    const exported = JSON.parse(
      await corral.fileSavedBy(() => page.getByRole('button', { name: 'Export JSON' }).click()),
    )
    expect(exported).toMatchObject({ schema: 'corral.bench/1', run: { state: 'finished', isSimulated: true } })

    await page.getByRole('link', { name: 'All runs' }).click()
    await expect(savedRuns(page)).toHaveCount(2)
    await page.getByRole('button', { name: /Actions for the run/ }).click()
    await page.getByRole('menuitem', { name: 'Delete run' }).click()
    await expect(main(page)).toContainText('Runs are kept here')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(savedRuns(page)).toHaveCount(2)
    await savedRuns(page).getByRole('link').click()
    await expect(main(page)).toContainText('answers one stream with')
  })

  test('a cancelled run keeps what it has and says that it was cancelled', async ({ page }) => {
    await plan(page, 'How many people', 96)
    await run(page)
    await measuring(page)
    await expect(main(page)).toContainText(/0 failed of [2-9] sent/, { timeout: 20_000 })
    await page.getByRole('button', { name: 'Cancel, keep results' }).click()
    await expect(main(page)).toContainText('This run was cancelled')
    await expect(main(page)).toContainText('answers one stream with')
  })

  test('a server that dies in the middle leaves a failed run that says why', async ({ page, corral }) => {
    await plan(page, 'How many people', 96)
    await run(page)
    await measuring(page)
    await expect(main(page)).toContainText(/0 failed of [2-9] sent/, { timeout: 20_000 })
    corral.killChild('server')
    await finished(page)
    await expect(page.getByRole('alert')).toContainText('The server went away in the middle')
    await expect(main(page)).toContainText('answers one stream with')
  })

  test('a killed runner fails the requests it had, and the run goes on with the next', async ({ page, corral }) => {
    await plan(page, 'How fast', 96)
    await run(page)
    await measuring(page)
    await expect(main(page)).toContainText(/0 failed of [2-9] sent/, { timeout: 20_000 })
    corral.killChild('runner')
    await finished(page)
    await expect(main(page)).toContainText('1 of 8 failed')
    await expect(main(page)).toContainText('answers one stream with')
  })

  test('a killed nvidia-smi does not disturb a run', async ({ page, corral }) => {
    await plan(page, 'How fast', 96)
    await run(page)
    await measuring(page)
    corral.killChild('nvidia-smi')
    await finished(page)
    await expect(main(page)).toContainText('0 failed')
    await expect(page.getByRole('region', { name: 'What runs' }).getByText(/\/24.* \d+ W/)).toHaveCount(2)
  })

  test('a run whose Corral was killed is kept as interrupted', async ({ page, corral }) => {
    await plan(page, 'How fast', 96)
    await run(page)
    await measuring(page)
    await expect(main(page)).toContainText(/0 failed of [2-9] sent/, { timeout: 20_000 })
    await corral.kill()
    const again = await corral.start()
    await openScreen(again, 'Benchmark')
    await expect(savedRuns(again)).toHaveCount(2)
    await expect(savedRuns(again).last()).toContainText('interrupted')
    await savedRuns(again).getByRole('link').click()
    await expect(main(again)).toContainText('Corral ended in the middle of this run')
  })

  test('a plan that does not fit its context says so and cannot be run', async ({ page }) => {
    await plan(page, 'How fast', 96)
    await page.getByRole('textbox', { name: 'Context, tokens' }).fill('256')
    await page.getByRole('textbox', { name: 'Prompt, tokens' }).focus()
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled()
    await page.getByRole('textbox', { name: 'Context, tokens' }).fill('300')
    await page.getByRole('textbox', { name: 'Answer, tokens' }).focus()
    await choose(page, 'Work', 'Chat')
    await page.getByRole('textbox', { name: 'Context, tokens' }).fill('512')
    await expect(main(page)).toContainText('do not fit into the context')
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeDisabled()
  })
})

test.describe('without a server', () => {
  test('there is nothing to measure, and one button that changes it', async ({ page }) => {
    await openScreen(page, 'Benchmark')
    await expect(main(page)).toContainText('The server is not running')
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeDisabled()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start server' }).click()
    await expect(page.getByRole('button', { name: 'Run benchmark' })).toBeEnabled({ timeout: 20_000 })
  })
})
