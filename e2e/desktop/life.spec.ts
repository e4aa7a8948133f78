import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import type { ElectronApplication } from '@playwright/test'
import { findElectron } from '../../build/electron-binary.mjs'
import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { electronArguments, electronEnvironment } from '../desktop-host'
import { openScreen } from '../screens'
import { startWebHost } from '../web-host'

const root = new URL('../..', import.meta.url).pathname

/** A start beside the tests' own, run to its end. */
async function startAgain(corral: CorralUnderTest, corralArguments = corral.corralArguments) {
  const file = findElectron()?.file ?? ''
  const second = spawn(file, [...electronArguments(), root, ...corralArguments], {
    env: electronEnvironment(file, corral.environment),
  })
  let said = ''
  second.stdout.on('data', (chunk) => {
    said += chunk
  })
  second.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(second, 'exit')
  return { code, said }
}

const bounds = (application: ElectronApplication) =>
  application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds())

test('a second start ends at once and brings the first window forward', async ({ corral, page }) => {
  const { application } = corral.desktop
  await application.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    Object.assign(globalThis, { focused: 0 })
    if (window) window.focus = () => void Object.assign(globalThis, { focused: 1 })
  })
  expect(await startAgain(corral)).toMatchObject({ code: 0 })
  await expect.poll(() => application.evaluate(() => (globalThis as unknown as { focused: number }).focused)).toBe(1)
  expect(application.windows()).toHaveLength(1)
  await openScreen(page, 'Settings')
})

test('the web host does not take the window’s data folder', async ({ corral }) => {
  await expect(startWebHost(corral.corralArguments, corral.environment).url).rejects.toThrow(
    /is already running with this data folder/,
  )
})

test('the window comes back where it was left', async ({ corral }) => {
  await corral.desktop.application.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 50, width: 900, height: 600 })
  })
  await expect.poll(() => bounds(corral.desktop.application)).toMatchObject({ width: 900, height: 600 })
  const left = await bounds(corral.desktop.application)
  await corral.stop()
  await corral.start()
  await expect.poll(() => bounds(corral.desktop.application)).toEqual(left)
})

test('--help tells the options and ends', async ({ corral }) => {
  const { code, said } = await startAgain(corral, ['--help'])
  expect(code).toBe(0)
  expect(said).toContain('--data DIR')
})

test('a wrong option is refused with a sentence', async ({ corral }) => {
  const { code, said } = await startAgain(corral, ['--prot', '1'])
  expect(code).toBe(1)
  expect(said).toContain('--prot')
})

test('nothing is left after quitting', async ({ corral, page }) => {
  await openScreen(page, 'Settings')
  const ended = once(corral.desktop.application.process(), 'exit')
  await corral.desktop.application.evaluate(({ app }) => app.quit())
  const [code] = await ended
  expect(code).toBe(0)
  await corral.expectNoProcess()
})

test.describe('with a server', () => {
  test.use({ launch: { preferences: { startServerOnLaunch: true } } })

  test('what is started inherits no file and no socket of the window', async ({ corral, page }) => {
    test.skip(process.platform !== 'linux', 'only Linux tells what a process holds open')
    await expect(page.getByRole('region', { name: 'Status' }).getByText('Ready')).toBeVisible()
    const children = corral.processes().filter(({ command }) => / serve$| -lms/.test(command))
    expect(children).toHaveLength(2)
    const chromiums = children.flatMap(({ pid }) =>
      readdirSync(`/proc/${pid}/fd`)
        .map((number) => readlinkSync(`/proc/${pid}/fd/${number}`))
        .filter((held) => held.startsWith(`${corral.dataFolder}/desktop/`) || held.includes('Chromium')),
    )
    expect(chromiums).toEqual([])
  })
})
