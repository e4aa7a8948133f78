import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
import { benchmarkSimulator, expectFinished, planRun, runUntilHeld } from '../benchmark'
import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { type HostClient, withHostClient } from '../host-client'
import { log } from '../log'
import { modelRow } from '../models'
import { ask, figures } from '../playground'
import { expectReachable } from '../reachable'
import { startServer } from '../screens'

/**
 * Every width that the page has rules for, each language and each theme, in as few rounds as they need; 640 is a window
 * of 1280 made twice as large, 390 a phone.
 */
const dresses = [
  { width: 1280, height: 800, language: 'en', theme: 'light' },
  { width: 900, height: 600, language: 'en', theme: 'dark' },
  { width: 1100, height: 700, language: 'zh-CN', theme: 'light' },
  { width: 1920, height: 1080, language: 'zh-CN', theme: 'dark' },
  { width: 640, height: 400, language: 'zh-CN', theme: 'dark' },
  { width: 390, height: 844, language: 'en', theme: 'light' },
] as const

type State = {
  name: string
  /** As in the address: "/server". */
  at: string
  /** Brings the screen into the state that the name tells. */
  prepare?: (page: Page, corral: CorralUnderTest) => Promise<unknown>
  /** What has been brought about in the process and would disturb the next state. */
  after?: (page: Page, corral: CorralUnderTest) => Promise<unknown>
}

const rail = ['overview', 'server', 'models', 'gpus', 'benchmark', 'playground', 'settings']
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name }).click()

const beforeTheFirstStart: State[] = rail.map((screen) => ({ name: `${screen}, no server`, at: `/${screen}` }))

const atWork: State[] = [
  { name: 'server, a setting changed', at: '/server', prepare: changeSetting, after: discardChange },
  { name: 'server, in force', at: '/server', prepare: tab('In effect') },
  { name: 'server, the log', at: '/server', prepare: tab('Log') },
  { name: 'server, a line of the log', at: '/server', prepare: openLine },
  { name: 'playground, an answer with its figures', at: '/playground', prepare: answer },
  { name: 'playground, parameters', at: '/playground', prepare: openParameters },
  { name: 'models', at: '/models', prepare: (page) => expect(page.getByText('100%')).toBeVisible() },
  { name: 'models, one opened', at: '/models', prepare: openModel },
  { name: 'gpus', at: '/gpus' },
  { name: 'overview', at: '/overview' },
  { name: 'benchmark, a plan', at: '/benchmark', prepare: (page) => planRun(page, 'How fast', 64) },
  { name: 'benchmark, a run', at: '/benchmark', prepare: runUntilHeld },
  { name: 'benchmark, a result with its requests', at: '/benchmark', prepare: finishRun },
  { name: 'benchmark, saved runs', at: '/benchmark' },
  { name: 'gpus, no driver', at: '/gpus', prepare: loseDriver, after: (_, corral) => corral.release() },
  { name: 'settings', at: '/settings' },
]

test.use({ launch: { simulator: benchmarkSimulator } })

test('F12: every screen fits its window and is accessible, in every width, language and theme', async ({
  corral,
  page,
}) => {
  test.setTimeout(300_000)
  page.setDefaultTimeout(30_000)
  await withHostClient(corral.web.url, async (host) => {
    for (const state of beforeTheFirstStart) await look(page, corral, host, state)
    await startServer(page)
    await host.settings.change({ isChecklistDone: true })
    for (const state of atWork) await look(page, corral, host, state)
  })
})

function look(page: Page, corral: CorralUnderTest, host: HostClient, { name, at, prepare, after }: State) {
  return test.step(name, async () => {
    await page.evaluate((hash) => {
      window.location.hash = hash
    }, at)
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
    await prepare?.(page, corral)
    for (const dress of dresses) {
      await putOn(page, host, dress)
      await expectAccessible(page)
      await expectReachable(page, `${name} at ${dress.width} pixels`)
    }
    await putOn(page, host, dresses[0])
    await after?.(page, corral)
  })
}

async function putOn(page: Page, host: HostClient, { width, height, language, theme }: (typeof dresses)[number]) {
  await page.setViewportSize({ width, height })
  await host.settings.change({ language, theme })
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
}

async function changeSetting(page: Page) {
  await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
  await expect(page.getByRole('button', { name: 'Apply and restart' })).toBeVisible()
}

async function discardChange(page: Page) {
  await page.getByRole('button', { name: 'Discard' }).click()
}

async function openLine(page: Page) {
  await page.getByRole('tab', { name: 'Log' }).click()
  await log(page).getByText('Listening on', { exact: false }).click()
  await expect(page.getByRole('region', { name: /^Line / })).toBeVisible()
}

async function answer(page: Page) {
  await ask(page, 'How fast is it?')
  await figures(page).click()
  await expect(page.getByText('Prompt tokens')).toBeVisible()
}

async function openParameters(page: Page) {
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Parameters' }).click()
  await expect(page.getByLabel('Max tokens')).toBeVisible()
}

async function openModel(page: Page) {
  await modelRow(page, 'llama3.2:1b').press('Enter')
  await page.getByRole('tab', { name: 'Modelfile' }).click()
  await expect(page.getByText('FROM /', { exact: false })).toBeVisible()
}

async function finishRun(page: Page, corral: CorralUnderTest) {
  await corral.release()
  await expectFinished(page)
  await page.getByRole('button', { name: /Show 8 requests/ }).click()
  await expect(page.getByRole('region', { name: 'Requests' }).getByRole('cell').first()).toBeVisible()
}

async function loseDriver(page: Page, corral: CorralUnderTest) {
  await corral.setFaults({ nvidiaSmi: { kind: 'no-driver' } })
  corral.killChild('nvidia-smi')
  await expect(page.getByText('The NVIDIA driver is not running.', { exact: false })).toBeVisible()
}
