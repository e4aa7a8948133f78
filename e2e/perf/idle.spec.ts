import { expect, type Page } from '@playwright/test'
import { findElectron, hasDisplay } from '../../build/electron-binary.mjs'
import { freePort } from '../../electron/process/free-port.testing'
import { test } from '../corral'
import { CorralUnderTest } from '../corral-under-test'
import { DesktopHost } from '../desktop-host'
import { withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { openScreen } from '../screens'
import { Figures } from './figures'
import { inspectedAt, loopDelayDuring } from './main-inspector'
import { activityDuring, renderersOf, setHidden } from './page-cost'
import { costOf, usedPercent } from './process-cost'

const mebibyte = 2 ** 20
const lookMs = 30_000
const rounds = 3
const inspectorPort = await freePort()
const launch = {
  simulator: { installed: ['qwen3:8b'] },
  preferences: { isChecklistDone: true, startServerOnLaunch: true },
}
/** Ollama and nvidia-smi are no part of Corral, and the simulated ones are Node programs. */
const isSimulator = /simulator\/(ollama|nvidia-smi)\.cjs/

test.use({ launch: { ...launch, environment: inspectedAt(inspectorPort) } })

test('at rest, with charts and without', async ({ corral, page }) => {
  test.setTimeout(600_000)
  test.skip(process.platform !== 'linux', 'only Linux tells what a process costs')
  const figures = new Figures('At rest: server running, one model, two cards at a reading a second')
  await withHostClient(corral.web.url, (host) => startServer(host))
  await showCharts(page)
  const main = [corral.pid]
  const watch = corral.processes().flatMap(({ pid, command }) => (command.includes(' -lms') ? [pid] : []))
  const renderers = await renderersOf(page)

  const shown = { main: [] as number[], watch: [] as number[], page: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const look = page.waitForTimeout(lookMs)
    const [ofMain, ofWatch, ofPage] = await Promise.all([main, watch, renderers].map((pids) => usedPercent(pids, look)))
    shown.main.push(ofMain ?? 0)
    shown.watch.push(ofWatch ?? 0)
    shown.page.push(ofPage ?? 0)
  }
  for (const screen of ['Overview', 'GPUs'] as const) {
    await openScreen(page, screen)
    await page.waitForTimeout(5000)
    let sentBytes = 0
    const delay = await loopDelayDuring(inspectorPort, async () => {
      sentBytes = (await activityDuring(page, () => page.waitForTimeout(lookMs))).bytes
    })
    figures.add(`${screen}: sent to the page a second`, [sentBytes / 1024 / (lookMs / 1000)], 'KiB', { atMost: 2 })
    figures.add(`${screen}: lateness of the host's timers, p99`, [delay.p99Ms], 'ms', { atMost: 10 })
    figures.add(`${screen}: the same, worst`, [delay.worstMs], 'ms', { atMost: 50 })
  }
  const mainBytes = costOf(corral.pid).residentBytes
  const pageBytes = renderers.reduce((sum, pid) => sum + costOf(pid).residentBytes, 0)
  figures.add('web host: memory of main', [mainBytes / mebibyte], 'MiB', { atMost: 150 })
  figures.add('web host: memory of main and page', [(mainBytes + pageBytes) / mebibyte], 'MiB', { atMost: 300 })
  figures.add('processor, main, charts visible', shown.main, '%', { atMost: 1 })
  figures.add('processor, page, charts visible', shown.page, '%')
  figures.add('processor, nvidia-smi (simulated, a Node program)', shown.watch, '%', { atMost: 0.5 })

  await setHidden(page, true)
  await page.waitForTimeout(1000)
  const hidden = { main: 0, page: 0 }
  const activity = await activityDuring(page, async () => {
    const look = page.waitForTimeout(lookMs)
    const [ofMain, ofPage] = await Promise.all([main, renderers].map((pids) => usedPercent(pids, look)))
    Object.assign(hidden, { main: ofMain, page: ofPage })
  })
  await setHidden(page, false)
  figures.add('processor, main, page hidden', [hidden.main], '%')
  figures.add('processor, page, hidden', [hidden.page], '%')
  figures.add('messages to the page while hidden', [activity.messages], '')
  figures.add('layouts of the page while hidden', [activity.layouts], '')

  const electron = hasDisplay() ? findElectron() : null
  const notes = ['percent of one core over 30 s; memory is the share of each process (PSS)']
  if (electron) notes.push(await measureDesktop(figures, electron.file))
  else notes.push('desktop: no Electron or no display here')
  figures.print(notes)
})

async function showCharts(page: Page) {
  await openScreen(page, 'GPUs')
  await expect(page.getByRole('heading', { name: 'GPU 1' })).toBeVisible()
  await page.waitForTimeout(10_000)
}

/** The memory of all of the desktop's processes; gives a word on which Electron it was. */
async function measureDesktop(figures: Figures, electronFile: string): Promise<string> {
  const desktop = new CorralUnderTest(launch, new DesktopHost(electronFile))
  await desktop.start()
  await showCharts(desktop.page)
  const all = desktop.processes().filter(({ command }) => !isSimulator.test(command))
  const bytes = all.reduce((sum, { pid }) => sum + costOf(pid).residentBytes, 0)
  figures.add('desktop host: memory of main', [costOf(desktop.pid).residentBytes / mebibyte], 'MiB', { atMost: 150 })
  figures.add(`desktop host: memory of all ${all.length} processes`, [bytes / mebibyte], 'MiB', { atMost: 300 })
  const version = await desktop.desktop.application.evaluate(() => process.versions.electron)
  await desktop.end()
  return `desktop: Electron ${version}`
}
