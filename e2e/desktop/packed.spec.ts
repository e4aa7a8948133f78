import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { listPackage } from '@electron/asar'
import { findElectron } from '../../build/electron-binary.mjs'
import { findWrongFuses } from '../../build/fuses.mjs'
import { expect, test } from '../corral'
import { CorralUnderTest } from '../corral-under-test'
import { DesktopHost } from '../desktop-host'
import { openScreen } from '../screens'

const root = resolve(import.meta.dirname, '../..')

test.skip(process.platform !== 'linux' || !findElectron(), 'the packed program is checked on Linux, where Electron is')

/** Corral packed for this system, once for these tests. */
let packed = ''
test.beforeAll(() => {
  packed = mkdtempSync(join(tmpdir(), 'corral-packed-'))
  execFileSync(process.execPath, ['build/package.mjs', '--dir', '--output', packed], { cwd: root, stdio: 'pipe' })
})
test.afterAll(() => rmSync(packed, { recursive: true, force: true }))

const folder = () => join(packed, readdirSync(packed).find((name) => name.endsWith('-unpacked')) ?? '')
const archive = () => join(folder(), 'resources', 'app.asar')

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test('the archive holds the entry files and the native module’s package, nothing else', () => {
  const files = listPackage(archive(), { isPack: false })
  const built = [
    'main',
    'preload',
    'headless',
    'services/bench/load-generator',
    'simulator/ollama',
    'simulator/nvidia-smi',
  ]
  for (const entry of built) expect(files).toContain(`/dist/electron/${entry}.cjs`)
  expect(files).toContain('/dist/page/index.html')
  const expected =
    /^\/(package\.json|dist(\/(electron|page)(\/.*)?)?|node_modules(\/(libsql|@libsql|@neon-rs|detect-libc)(\/.*)?)?)$/
  expect(files.filter((file) => !expected.test(file))).toEqual([])
  expect(files.filter((file) => /\.(ts|tsx|map|test\.\w+)$/.test(file))).toEqual([])
})

test('the native module lies beside the archive', () => {
  const beside = readdirSync(`${archive()}.unpacked`, { recursive: true }).map(String)
  expect(beside.some((file) => /@libsql\/[\w-]+\/index\.node$/.test(file))).toBe(true)
})

test('the packed Electron is hardened', async () => {
  expect(existsSync(join(folder(), 'corral'))).toBe(true)
  expect(await findWrongFuses(join(folder(), 'corral'))).toEqual([])
})

test('the packed program runs: its window, its children, its worker', async () => {
  const corral = new CorralUnderTest(
    { preferences: { startServerOnLaunch: true }, simulator: { installed: ['llama3.2:1b'] } },
    new DesktopHost(findElectron()?.file ?? '', archive()),
  )
  try {
    const page = await corral.start()
    // The simulated server and nvidia-smi are scripts in the archive, run as children.
    await expect(page.getByText('Ready').first()).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('GPU 1').first()).toBeVisible({ timeout: 60_000 })
    // The load generator is a worker thread that starts from the archive.
    await openScreen(page, 'Benchmark')
    await page.getByText('How fast', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Answer tokens' }).fill('16')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Run benchmark' }).click()
    await expect(page.getByRole('main')).toContainText('0 failed', { timeout: 60_000 })
  } finally {
    await corral.end()
  }
})
