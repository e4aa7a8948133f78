import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {} from '../../renderer/connection/transport'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

test('a reload finds its way back', async ({ page }) => {
  for (let round = 0; round < 3; round++) {
    await page.reload()
    await openScreen(page, 'Settings')
    await expect(page.getByRole('main')).toContainText('When Corral quits')
  }
})

test('a window has one port: the next one closes the one before', async ({ page }) => {
  await page.goto('app://corral/icon.svg') // Corral's own page would ask for another port in between
  const first = await page.evaluate(async () => {
    const nextPort = () =>
      new Promise<MessagePort>((resolve) => {
        const listen = (event: MessageEvent) => {
          if (event.data !== 'corral-port' || !event.ports[0]) return
          window.removeEventListener('message', listen)
          resolve(event.ports[0])
        }
        window.addEventListener('message', listen)
        window.corral?.requestPort()
      })
    const ask = (port: MessagePort, id: string) =>
      port.postMessage(JSON.stringify({ i: id, p: { u: '/host/describe', b: {} } }))
    const askAndHear = (port: MessagePort, id: string) =>
      new Promise<void>((resolve) => {
        port.onmessage = () => resolve()
        ask(port, id)
      })
    const earlier = await nextPort()
    await askAndHear(earlier, '1')
    const later = await nextPort()
    const heard: unknown[] = []
    earlier.onmessage = ({ data }) => heard.push(data)
    ask(earlier, '2')
    // Asked after it, one by one: were the earlier port still heard, its answer would be here by then.
    for (const id of ['1', '2', '3']) await askAndHear(later, id)
    return { heard }
  })
  expect(first).toEqual({ heard: [] })
})

test('a foreign page gets no port, even with our preload', async ({ corral, page }) => {
  await expect(page.getByRole('main')).toBeVisible()
  const preload = join(import.meta.dirname, '../../dist/electron/preload.cjs')
  await corral.desktop.application.evaluate(async ({ BrowserWindow }, preloadFile) => {
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload: preloadFile, sandbox: true } })
    Object.assign(globalThis, { foreign })
    await foreign.loadURL('data:text/html,foreign')
    await foreign.webContents.executeJavaScript(`
      window.received = 0
      window.addEventListener('message', () => window.received++)
      window.corral.requestPort()`)
  }, preload)
  await expect
    .poll(() => readFileSync(join(corral.dataFolder, 'logs', 'corral.log'), 'utf8'))
    .toContain('a request from a foreign page was refused')
  await openScreen(page, 'Settings')
  const received = await corral.desktop.application.evaluate(async () => {
    const { foreign } = globalThis as unknown as { foreign: Electron.BrowserWindow }
    const count = await foreign.webContents.executeJavaScript('window.received')
    foreign.destroy()
    return count
  })
  expect(received).toBe(0)
})

test('a crashed page comes back', async ({ corral, page }) => {
  await openScreen(page, 'Settings')
  const text = await corral.desktop.application.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const loaded = new Promise<void>((resolve) => contents?.once('did-finish-load', () => resolve()))
    contents?.forcefullyCrashRenderer()
    await loaded
    return contents?.executeJavaScript(`new Promise((resolve) => {
      const look = () => document.querySelector('main dl') ? resolve(document.body.textContent) : setTimeout(look, 50)
      look()
    })`)
  })
  expect(text).toContain('When Corral quits')
})
