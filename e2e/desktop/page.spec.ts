import type {} from '../../renderer/connection/transport'
import { expect, test } from '../corral'
import { choose, openScreen } from '../screens'

test('the page has no Node, and one word of ours', async ({ page }) => {
  const powers = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis),
    corral: Object.keys(window.corral ?? {}),
    electron: ['electron', 'ipcRenderer'].filter((name) => name in globalThis),
    isSecure: window.isSecureContext,
    origin: window.origin,
  }))
  expect(powers).toEqual({ node: [], corral: ['requestPort'], electron: [], isSecure: true, origin: 'app://corral' })
})

test('the page runs no text as code and loads nothing from elsewhere', async ({ page, corral }) => {
  corral.expectedPageError = /Content Security Policy/
  const outcome = await page.evaluate(async () => {
    const tried = async (attempt: () => unknown) => {
      try {
        await attempt()
        return 'done'
      } catch {
        return 'refused'
      }
    }
    // The page is called by the test outside its policy: a script element is not.
    const script = document.createElement('script')
    script.textContent = 'window.wasRun = true'
    document.head.append(script)
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    return {
      inline: 'wasRun' in window,
      fetch: await tried(() => fetch('https://example.com/')),
      loopback: await tried(() => fetch('http://127.0.0.1:11434/api/version')),
      file: await tried(() => fetch('file:///etc/passwd')),
      socket: await tried(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('ws://127.0.0.1:11434/')
            socket.onopen = resolve
            socket.onerror = reject
          }),
      ),
    }
  })
  expect(outcome).toEqual({
    inline: false,
    fetch: 'refused',
    loopback: 'refused',
    file: 'refused',
    socket: 'refused',
  })
})

test('the page’s address leads to nothing beside the page', async ({ page }) => {
  const escapes = [
    'app://corral/../electron/main.cjs',
    'app://corral/%2e%2e/electron/main.cjs',
    'app://corral/..%2felectron%2fmain.cjs',
    'app://corral/..%5celectron%5cmain.cjs',
    'app://corral/assets/..%2f..%2f..%2fpackage.json',
    'app://corral//etc/passwd',
    'app://corral/%00',
    'app://corral/.env',
    'app://corral/built',
  ]
  for (const address of escapes) {
    const status = await page.evaluate(async (url) => (await fetch(url).catch(() => null))?.status ?? 404, address)
    expect(status, address).toBe(404)
  }
  const found = await page.evaluate(async () => {
    const answer = await fetch('app://corral/index.html')
    return { status: answer.status, policy: answer.headers.get('content-security-policy') }
  })
  expect(found.status).toBe(200)
  expect(found.policy).toContain("default-src 'none'")
  expect(await page.evaluate(async () => (await fetch('app://corral/index.html', { method: 'POST' })).status)).toBe(405)
})

test('menu and native colours follow the preferences', async ({ corral, page }) => {
  const { application } = corral.desktop
  const labels = () =>
    application.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [])
  const theme = () => application.evaluate(({ nativeTheme }) => nativeTheme.themeSource)
  await expect.poll(labels).toContain('Edit')
  expect(await theme()).toBe('light')
  await openScreen(page, 'Settings')
  await choose(page, 'Appearance', 'Dark')
  await expect.poll(theme).toBe('dark')
  await choose(page, 'Language', '简体中文')
  await expect.poll(labels).toContain('编辑')
})

test('the data folder opens in the file manager', async ({ corral, page }) => {
  await corral.desktop.application.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openPath = async (path) => {
      opened.push(path)
      return ''
    }
  })
  await openScreen(page, 'Settings')
  await page.getByRole('main').getByRole('button', { name: 'Open' }).click()
  const opened = () => corral.desktop.application.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
  await expect.poll(opened).toEqual([corral.dataFolder])
})
