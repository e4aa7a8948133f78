import { once } from 'node:events'
import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'
import { openScreen } from '../screens'

test.use({ launch: { preferences: { onQuit: 'ask', startServerOnLaunch: true } } })

const answers = { leave: 0, stop: 1, cancel: 2 }

/** Answers the question in the user's place, and notes how often it was asked. */
async function answerWith(corral: CorralUnderTest, answer: keyof typeof answers) {
  await corral.desktop.application.evaluate(({ dialog }, response) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    dialog.showMessageBox = (async (_window: unknown, { message }: { message: string }) => {
      asked.push(message)
      return { response, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
  }, answers[answer])
  return () => corral.desktop.application.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
}

const isServed = (corral: CorralUnderTest) =>
  fetch(`http://127.0.0.1:${corral.serverPort}/api/version`).then(
    ({ ok }) => ok,
    () => false,
  )

const closeWindow = (corral: CorralUnderTest) =>
  corral.desktop.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

test.beforeEach(({ corral }) => expect.poll(() => isServed(corral), { timeout: 20_000 }).toBe(true))

test('the server is stopped when the user says so', async ({ corral }) => {
  await answerWith(corral, 'stop')
  const ended = once(corral.desktop.application.process(), 'exit')
  await closeWindow(corral)
  expect(await ended).toEqual([0, null])
  expect(await isServed(corral)).toBe(false)
  await corral.expectNoProcess()
})

test('the server is left running when the user says so, and the next start takes it up', async ({ corral }) => {
  await answerWith(corral, 'leave')
  const ended = once(corral.desktop.application.process(), 'exit')
  await corral.desktop.application.evaluate(({ app }) => app.quit())
  expect(await ended).toEqual([0, null])
  expect(await isServed(corral)).toBe(true)

  await corral.start()
  expect(await isServed(corral)).toBe(true)
  await answerWith(corral, 'stop')
  const endedAgain = once(corral.desktop.application.process(), 'exit')
  await closeWindow(corral)
  await endedAgain
  expect(await isServed(corral)).toBe(false)
})

test('everything goes on when the user thinks better of it', async ({ corral, page }) => {
  const asked = await answerWith(corral, 'cancel')
  await closeWindow(corral)
  await expect.poll(asked).toEqual(['Leave the Ollama server running?'])
  await openScreen(page, 'Settings')
  expect(await isServed(corral)).toBe(true)
  await corral.desktop.application.evaluate(({ app }) => app.quit())
  await expect.poll(async () => (await asked()).length).toBe(2)
  await openScreen(page, 'Overview')
})

test.describe('with a preference', () => {
  test.use({ launch: { preferences: { onQuit: 'leave', startServerOnLaunch: true } } })

  test('nothing is asked', async ({ corral }) => {
    const ended = once(corral.desktop.application.process(), 'exit')
    await closeWindow(corral)
    expect(await ended).toEqual([0, null])
    expect(await isServed(corral)).toBe(true)
    for (const { pid } of corral.processes()) process.kill(pid, 'SIGTERM')
    await corral.expectNoProcess()
  })
})
