import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../corral'

/** Notes what would have been opened outside, instead of opening it. */
async function noteOpenedLinks(application: ElectronApplication) {
  await application.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  return () => application.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)
}

const lastLink = 'https://ollama.com/the-last-one'

/** A link that does open outside, pressed last: once it is noted, what the page did before it has been dealt with. */
async function pressLastLink(page: Page) {
  await page.evaluate((url) => void window.open(url), lastLink)
}

test('the page does not go elsewhere', async ({ corral, page }) => {
  corral.expectedPageError = /Content Security Policy/
  const opened = await noteOpenedLinks(corral.desktop.application)
  for (const address of [
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:document.write(1)',
  ]) {
    await page.evaluate((url) => {
      const link = document.createElement('a')
      link.href = url
      document.body.append(link)
      link.click()
      link.remove()
    }, address)
    await page.evaluate((url) => {
      if (!url.startsWith('javascript:')) window.location.href = url
    }, address)
  }
  await pressLastLink(page)
  await expect.poll(opened).toEqual([lastLink])
  const { href, text } = await page.evaluate(() => ({ href: window.location.href, text: document.body.textContent }))
  expect(href).toMatch(/^app:\/\/corral\//)
  expect(text).toContain('Settings')
})

test('no window opens; a web link goes to the browser, any other nowhere', async ({ corral, page }) => {
  corral.expectedPageError = /Content Security Policy/
  const { application } = corral.desktop
  const opened = await noteOpenedLinks(application)
  const addresses = [
    'https://ollama.com/library',
    'http://127.0.0.1:11434/',
    'file:///etc/passwd',
    'smb://box/share',
    'javascript:alert(1)',
    'https://ollama.com@evil.example/',
    'app://corral/index.html',
  ]
  for (const address of addresses) {
    expect(await page.evaluate((url) => window.open(url) === null, address), address).toBe(true)
  }
  await pressLastLink(page)
  await expect.poll(opened).toEqual(['https://ollama.com/library', 'http://127.0.0.1:11434/', lastLink])
  expect(application.windows()).toHaveLength(1)
})

test('no power is given but copying text', async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const tried = (attempt: Promise<unknown>) =>
      attempt.then(
        () => 'given',
        () => 'refused',
      )
    return {
      camera: await tried(navigator.mediaDevices.getUserMedia({ video: true })),
      notifications: await Notification.requestPermission(),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          () => resolve('refused'),
        ),
      ),
      clipboard: await tried(navigator.clipboard.readText()),
    }
  })
  expect(outcome).toEqual({ camera: 'refused', notifications: 'denied', place: 'refused', clipboard: 'refused' })
  await page.getByRole('main').click()
  expect(await page.evaluate(() => navigator.clipboard.writeText('copied').then(() => 'copied'))).toBe('copied')
})

test('a file that the page made is saved when the user presses for it', async ({ corral, page }) => {
  await page.evaluate(() => {
    const button = document.createElement('button')
    button.textContent = 'save the test’s file'
    button.addEventListener('click', () => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(['{"a":1}'], { type: 'application/json' }))
      link.download = 'export.json'
      link.click()
    })
    document.body.prepend(button)
  })
  const press = () => page.getByRole('button', { name: 'save the test’s file' }).click()
  expect(await corral.fileSavedBy(press)).toBe('{"a":1}')
})

test('a page saves nothing by itself, and nothing that is not its own', async ({ corral, page }) => {
  const file = join(corral.dataFolder, 'unwanted')
  const { application } = corral.desktop
  await application.evaluate(({ session }, path) => {
    const ends: string[] = []
    Object.assign(globalThis, { ends })
    session.defaultSession.on('will-download', (_, item) => {
      item.setSavePath(path)
      item.once('done', (_event, state) => ends.push(`${state} ${item.getURL().split(':')[0]}`))
    })
  }, file)
  const ends = () => application.evaluate(() => (globalThis as unknown as { ends: string[] }).ends)
  const download = (href: string) => `{
    const link = document.createElement('a')
    link.href = ${href}
    link.download = 'x.txt'
    link.click()
  }`
  const run = (code: string) =>
    application.evaluate(
      ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text),
      code,
    )
  await page.evaluate(download("'app://corral/index.html'"))
  await expect.poll(ends).toEqual(['cancelled app'])
  // What the test evaluates in the page counts as the user's own hand for a while.
  await expect.poll(() => run('navigator.userActivation.isActive')).toBe(false)
  await run(download("URL.createObjectURL(new Blob(['x']))"))
  await expect.poll(ends).toEqual(['cancelled app', 'cancelled blob'])
  expect(existsSync(file)).toBe(false)
})

test('no page is embedded', async ({ corral, page }) => {
  const opened = await noteOpenedLinks(corral.desktop.application)
  const count = await page.evaluate(async () => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'https://example.com/')
    document.body.append(view)
    return document.querySelectorAll('webview').length
  })
  expect(count).toBe(1)
  await pressLastLink(page)
  await expect.poll(opened).toEqual([lastLink])
  const contents = await corral.desktop.application.evaluate(
    ({ webContents }) => webContents.getAllWebContents().filter((each) => each.getType() === 'webview').length,
  )
  expect(contents).toBe(0)
})
