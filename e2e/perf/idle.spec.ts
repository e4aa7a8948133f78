import { expect, type Page } from '@playwright/test'
import { test } from '../corral'
import { withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { openScreen } from '../screens'
import { Figures } from './figures'
import { costOf, usedPercent } from './process-cost'

const mebibyte = 2 ** 20
const lookMs = 30_000

test.use({ launch: { simulator: { installed: ['qwen3:8b'] }, preferences: { isChecklistDone: true } } })

test('at rest, with charts and without', async ({ corral, page }) => {
  test.setTimeout(600_000)
  test.skip(process.platform !== 'linux', 'only Linux tells what a process costs')
  const figures = new Figures('At rest: server running, one model, two cards at two readings a second')
  await withHostClient(corral.web.url, async (host) => {
    await startServer(host)
    await openScreen(page, 'GPUs')
    await expect(page.getByRole('heading', { name: 'GPU 1' })).toBeVisible()
    await page.waitForTimeout(10_000)
    const main = [corral.pid]
    const watch = corral.processes().flatMap(({ pid, command }) => (command.includes(' -lms') ? [pid] : []))
    const renderer = await rendererOf(page)
    const look = () => page.waitForTimeout(lookMs)

    const shown: Record<'main' | 'watch' | 'page', number[]> = { main: [], watch: [], page: [] }
    for (let round = 0; round < 3; round++) {
      const watched = usedPercent(watch, look)
      const drawn = usedPercent(renderer, look)
      shown.main.push(await usedPercent(main, look))
      shown.watch.push(await watched)
      shown.page.push(await drawn)
    }
    const hidden = { main: 0, page: 0 }
    const before = await paintsOf(page)
    await setHidden(page, true)
    const asleep = usedPercent(renderer, look)
    hidden.main = await usedPercent(main, look)
    hidden.page = await asleep
    const paints = (await paintsOf(page)) - before
    await setHidden(page, false)

    const mainBytes = costOf(corral.pid).residentBytes
    const pageBytes = renderer.reduce((sum, pid) => sum + costOf(pid).residentBytes, 0)
    figures.add('memory of main', [mainBytes / mebibyte], 'MiB', { atMost: 150 })
    figures.add('memory of main and page', [(mainBytes + pageBytes) / mebibyte], 'MiB', { atMost: 300 })
    figures.add('processor, main, charts visible', shown.main, '%', { atMost: 1 })
    figures.add('processor, page, charts visible', shown.page, '%')
    figures.add('processor, nvidia-smi (simulated, a Node program)', shown.watch, '%', { atMost: 0.5 })
    figures.add('processor, main, page hidden', [hidden.main], '%')
    figures.add('processor, page, hidden', [hidden.page], '%')
    figures.add('renderings of the page while hidden', [paints], '', null)
  })
  figures.print(['percent of one core over 30 s; memory is the share of each process (PSS)'])
})

/** The process that draws the page: the browser's youngest renderer. */
async function rendererOf(page: Page): Promise<number[]> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const told = (await session?.send('SystemInfo.getProcessInfo')) as
    | { processInfo: { type: string; id: number }[] }
    | undefined
  return (told?.processInfo ?? []).filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

async function paintsOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? 0
}

/** A headless browser hides no page, so the page is told that it is hidden. */
async function setHidden(page: Page, isHidden: boolean) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
