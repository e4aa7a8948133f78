import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { openScreen } from '../screens'

const strip = (page: Page) => page.getByRole('region', { name: 'What runs' })
const chart = (page: Page, name: string) => page.getByRole('slider', { name, exact: true })
const values = (page: Page, name: string) => chart(page, name).getAttribute('aria-valuetext')
const loops = (corral: CorralUnderTest) => corral.processes().filter(({ command }) => command.includes('-lms'))

async function startServer(page: Page) {
  await openScreen(page, 'Server')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(strip(page).getByText('Ready')).toBeVisible()
}

test('two cards show what they do, in the strip, in figures and over time', async ({ page }) => {
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle at \d+ W together\. Driver 580/)).toBeVisible()
  await expect(strip(page).getByText(/\/24.* \d+ W/)).toHaveCount(2)
  await expect(page.getByRole('heading', { name: 'GPU 1' })).toBeVisible()
  await expect(page.getByText('of 450 W')).toHaveCount(2)
  await expect.poll(() => values(page, 'Power')).toMatch(/GPU 0 \d+ W, GPU 1 \d+ W/)
  await expect.poll(() => values(page, 'Memory')).toMatch(/GPU 0 0\.0 GiB/)
  await expectAccessible(page)
})

test('the arrow keys move one crosshair through all charts', async ({ page }) => {
  await openScreen(page, 'GPUs')
  await page.getByText('5 min', { exact: true }).click()
  await expect.poll(() => values(page, 'Fan')).toMatch(/GPU 0 0%/)
  await chart(page, 'Utilisation').focus()
  await page.keyboard.press('Home')
  // Both in one look: the crosshair is a place, and what stands there moves on with each step of the history.
  const shown = () =>
    page.getByRole('slider').evaluateAll((charts) => {
      const textOf = (name: string) =>
        charts.find((chart) => chart.getAttribute('aria-label') === name)?.getAttribute('aria-valuetext') ?? ''
      const [utilisation, temperature] = [textOf('Utilisation'), textOf('Temperature')]
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
  await expect.poll(() => values(page, 'Utilisation')).toMatch(/GPU 0 0%/)
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
  await expect.poll(() => values(page, 'Power')).toMatch(/GPU 0 \d+ W, GPU 1 —/)
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
  await expectAccessible(page)
  await corral.setFaults({})
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
})

test('a lost host leaves the last values on screen', async ({ corral, page }) => {
  test.skip(corral.host.kind === 'desktop', 'the page goes with the desktop host')
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle/)).toBeVisible()
  corral.expectedPageError = /WebSocket/
  process.kill(corral.pid, 'SIGKILL')
  await expect(page.getByText('The connection to Corral was lost', { exact: false })).toBeVisible()
  await expect(page.getByText('of 450 W')).toHaveCount(2)
})

test('the history is saved as a table', async ({ corral, page }) => {
  test.skip(corral.host.kind === 'desktop', 'the desktop host asks where to save')
  await openScreen(page, 'GPUs')
  await expect.poll(() => values(page, 'Power')).toMatch(/GPU 0 \d+ W/)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const text = readFileSync(await (await download).path(), 'utf8')
  expect(text).toMatch(/^time,GPU 0 utilization %,.*GPU 1 share slowed\r\n/)
  expect(text.trimEnd().split('\r\n')).toHaveLength(301)
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
    await expectAccessible(page)
    await corral.setFaults({ nvidiaSmi: { kind: 'lost-card', index: 1 } })
    await expect(card(1)).toContainText('lost', { timeout: 30_000 })
    await expect(card(0)).toContainText('of 450 W')
  })
})
