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
  const heard = await page.evaluate(async () => {
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
    const answers = (port: MessagePort, id: string) =>
      new Promise<string>((resolve) => {
        const timer = setTimeout(() => resolve('silent'), 1000)
        port.onmessage = () => {
          clearTimeout(timer)
          resolve('answers')
        }
        port.postMessage(JSON.stringify({ i: id, p: { u: '/host/describe', b: {} } }))
      })
    const first = await nextPort()
    const before = await answers(first, '1')
    const second = await nextPort()
    return { before, first: await answers(first, '2'), second: await answers(second, '1') }
  })
  expect(heard).toEqual({ before: 'answers', first: 'silent', second: 'answers' })
})

test('a foreign page gets no port, even with our preload', async ({ corral, page }) => {
  await expect(page.getByRole('main')).toBeVisible()
  const preload = join(import.meta.dirname, '../../dist/electron/preload.cjs')
  const received = await corral.desktop.application.evaluate(async ({ BrowserWindow }, preloadFile) => {
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload: preloadFile, sandbox: true } })
    await foreign.loadURL('data:text/html,foreign')
    const answer = await foreign.webContents.executeJavaScript(`new Promise((resolve) => {
      window.addEventListener('message', () => resolve('a port'))
      window.corral.requestPort()
      setTimeout(() => resolve('nothing'), 800)
    })`)
    foreign.destroy()
    return answer
  }, preload)
  expect(received).toBe('nothing')
  await expect
    .poll(() => readFileSync(join(corral.dataFolder, 'logs', 'corral.log'), 'utf8'))
    .toContain('a request from a foreign page was refused')
  await openScreen(page, 'Settings')
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
