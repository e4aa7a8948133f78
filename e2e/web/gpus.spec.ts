import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { chart, chartValues } from '../gpus'
import { openScreen, startServer, strip } from '../screens'

const loops = (corral: CorralUnderTest) => corral.processes().filter(({ command }) => command.includes('-lms'))

test('the arrow keys move one crosshair through all charts', async ({ page }) => {
  await openScreen(page, 'GPUs')
  await page.getByText('5 min', { exact: true }).click()
  await expect.poll(() => chartValues(page, 'Fan')).toMatch(/GPU 0 0%/)
  await chart(page, 'Utilization').focus()
  await page.keyboard.press('Home')
  // Both in one look: the crosshair is a place, and what stands there moves on with each step of the history.
  const shown = () =>
    page.getByRole('slider').evaluateAll((charts) => {
      const textOf = (name: string) =>
        charts.find((chart) => chart.getAttribute('aria-label') === name)?.getAttribute('aria-valuetext') ?? ''
      const [utilisation, temperature] = [textOf('Utilization'), textOf('Temperature')]
      return {
        hasGap: utilisation.includes('GPU 0 —'),
        clocks: [utilisation, temperature].map((text) => /^\d\d:\d\d:\d\d/.exec(text)?.[0]),
      }
    })
  await expect
    .poll(async () => {
      const { hasGap, clocks } = await shown()
      return hasGap && clocks[0] !== undefined && clocks[0] === clocks[1]
    })
    .toBe(true)
  await page.keyboard.press('Escape')
  await expect.poll(() => chartValues(page, 'Utilization')).toMatch(/GPU 0 0%/)
})

test('a loaded model stands on the card that holds it', async ({ corral, page }) => {
  await startServer(page)
  await fetch(`http://127.0.0.1:${corral.serverPort}/api/generate`, {
    method: 'POST',
    body: JSON.stringify({ model: 'qwen3:8b', prompt: 'Hello', stream: false, options: { num_predict: 20 } }),
  })
  await openScreen(page, 'GPUs')
  const row = page.getByRole('row').filter({ hasText: 'qwen3:8b' })
  await expect(row.getByRole('cell').nth(1)).toHaveText(/^\d+\.\d GiB$/, { timeout: 20_000 })
  await expect(page.getByText(/qwen3:8b \d+\.\d/)).toBeVisible()
  await expect(page.getByText(/\d GiB free/)).toHaveCount(2)
})

test('a killed nvidia-smi is started again, and the values come back', async ({ corral, page }) => {
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
  const [first] = loops(corral)
  corral.killChild('nvidia-smi')
  await expect.poll(() => loops(corral).map(({ pid }) => pid)).not.toEqual([first?.pid])
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
  await expect.poll(() => loops(corral).length).toBe(1)
})

test('a lost card is told, the other goes on, and it comes back', async ({ corral, page }) => {
  await startServer(page)
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
  await corral.setFaults({ nvidiaSmi: { kind: 'lost-card', index: 1 } })
  await expect(page.getByText('The driver says: GPU is lost.', { exact: false })).toBeVisible()
  await expect(strip(page).getByText('lost')).toBeVisible()
  await expect(page.getByText(/^The card is idle at \d+ W\. One card is lost\./)).toBeVisible()
  await expect.poll(() => chartValues(page, 'Power')).toMatch(/GPU 0 \d+ W, GPU 1 —/)
  await corral.setFaults({})
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
})

test('without a driver there is a calm message, and looking again finds the cards', async ({ corral, page }) => {
  await startServer(page)
  await corral.setFaults({ nvidiaSmi: { kind: 'no-driver' } })
  await expect.poll(() => loops(corral).length).toBe(1)
  for (const { pid } of loops(corral)) process.kill(pid, 'SIGKILL')
  await openScreen(page, 'GPUs')
  await expect(page.getByText('The NVIDIA driver is not running.', { exact: false })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await corral.setFaults({})
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
})

test('a lost host leaves the last values on screen', async ({ corral, page }) => {
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
  corral.expectedPageError = /WebSocket/
  process.kill(corral.pid, 'SIGKILL')
  await expect(page.getByText('The connection to Corral was lost', { exact: false })).toBeVisible()
  await expect(page.getByText('of 450 W')).toHaveCount(2)
})

test.describe('the overview', () => {
  test.use({ launch: { preferences: { isChecklistDone: true } } })

  test('shows every card, idle or not, and tells a lost one', async ({ corral, page }) => {
    await startServer(page)
    await openScreen(page, 'Overview')
    const card = (index: number) =>
      page
        .getByRole('main')
        .getByRole('row')
        .filter({ hasText: `GPU ${index}` })
    await expect(card(0)).toContainText(/0 %.*0\.0 of 24\.0 GiB.*\d+ of 450 W.*\d+ °C/)
    await expect(card(1)).toContainText(/0 %.*0\.0 of 24\.0 GiB.*\d+ of 450 W.*\d+ °C/)
    await expect(page.getByText('of 6 allowed')).toBeVisible()
    await corral.setFaults({ nvidiaSmi: { kind: 'lost-card', index: 1 } })
    await expect(card(1)).toContainText('lost', { timeout: 30_000 })
    await expect(card(0)).toContainText('of 450 W')
  })
})
