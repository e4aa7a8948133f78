import { benchmarkSimulator, expectFinished, planRun, runUntilHeld, savedRuns } from '../benchmark'
import { expect, test } from '../corral'
import { openScreen, strip } from '../screens'

test.use({ launch: { preferences: { startServerOnLaunch: true }, simulator: benchmarkSimulator } })

test('a run is drawn as it happens, saved, reopened, exported, deleted and brought back', async ({ page, corral }) => {
  const main = page.getByRole('main')
  await planRun(page, 'How fast', 64)
  await expect(main).toContainText('8 requests · 1,024 tokens')
  await runUntilHeld(page, corral)
  await openScreen(page, 'Overview')
  await expect(strip(page)).toContainText(/Benchmark \d+%/)
  await page.getByRole('navigation').getByRole('link', { name: 'Benchmark' }).click()
  await expect(page.getByRole('img', { name: /over the last minute/ })).toBeVisible()
  await expect(main).toContainText('Stream 1')

  await corral.release()
  await expectFinished(page)
  await expect(main).toContainText(/llama3\.2:1b serves one stream at \d+\.\d tokens per second/)
  await expect(main).toContainText('0 failed')
  await expect(main).toContainText('Time per token')
  await expect(page.getByRole('img', { name: 'Throughput' })).toHaveCount(0)
  await expect(page.getByText('simulated').first()).toBeVisible()
  await page.getByRole('button', { name: /Show 8 requests/ }).click()
  await expect(
    page.getByRole('region', { name: 'Requests' }).getByRole('cell', { name: 'answered' }).first(),
  ).toBeVisible()

  const exported = JSON.parse(await corral.fileSavedBy(() => page.getByRole('button', { name: 'Export JSON' }).click()))
  expect(exported).toMatchObject({ schema: 'corral.bench/1', run: { state: 'finished', isSimulated: true } })

  await page.getByRole('link', { name: 'All runs' }).click()
  await expect(savedRuns(page)).toHaveCount(2)
  await page.getByRole('button', { name: /Actions for the run/ }).click()
  await page.getByRole('menuitem', { name: 'Delete run' }).click()
  await expect(main).toContainText('Runs are saved here')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(savedRuns(page)).toHaveCount(2)
  await savedRuns(page).getByRole('link').click()
  await expect(main).toContainText('serves one stream at')
})
