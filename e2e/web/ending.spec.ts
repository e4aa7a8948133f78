import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { benchmarkSimulator, planRun, runUntilHeld } from '../benchmark'
import { expect, test } from '../corral'
import { ask, conversation } from '../playground'
import { openScreen, startServer } from '../screens'

test.use({ launch: { simulator: benchmarkSimulator } })

test('F8: a restart in the middle of a benchmark is asked about, and the run says who did it', async ({
  page,
  corral,
}) => {
  await startServer(page)
  await planRun(page, 'How fast', 64)
  await runUntilHeld(page, corral)
  await openScreen(page, 'Server')
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Restart the server now?' })
  await expect(question).toContainText('A benchmark of llama3.2:1b is in progress')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await openScreen(page, 'Benchmark')
  await expect(page.getByRole('button', { name: 'Cancel, keep results' })).toBeVisible()
  await openScreen(page, 'Server')
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  await question.getByRole('button', { name: 'Restart server' }).click()
  await expect(question).toHaveCount(0)
  await openScreen(page, 'Benchmark')
  await expect(page.getByRole('main')).toContainText('You restarted the server')
})

test('F8: a stop in the middle of an answer is asked about, from the palette too', async ({ page, corral }) => {
  await startServer(page)
  await corral.setFaults({ holdsAfterTokens: 40 })
  await openScreen(page, 'Playground')
  await ask(page, 'How fast is it?')
  await expect(conversation(page)).toContainText(/Streaming|Nothing new/)
  await page.keyboard.press('ControlOrMeta+K')
  await page.keyboard.type('Stop server')
  await page.keyboard.press('Enter')
  const question = page.getByRole('dialog', { name: 'Stop the server now?' })
  await expect(question).toContainText('1 answer is being written')
  await question.getByRole('button', { name: 'Stop server' }).click()
  await expect(conversation(page)).toContainText('You stopped the server')
})

test('F8: a request of another program is asked about, and a server at rest is not', async ({ page, corral }) => {
  test.skip(process.platform !== 'linux', 'only Linux tells what others have asked')
  await startServer(page)
  await corral.setFaults({ holdsAfterTokens: 40 })
  const call = request({ port: corral.serverPort, host: '127.0.0.1', path: '/api/generate', method: 'POST' })
  call.on('error', () => {})
  call.end(JSON.stringify({ model: 'llama3.2:1b', prompt: 'Hi' }))
  const [answer] = (await once(call, 'response')) as [IncomingMessage]
  let said = ''
  answer.on('data', (piece) => {
    said += piece
  })
  answer.on('error', () => {})
  await expect.poll(() => said.split('\n').length).toBeGreaterThan(38)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Stop the server now?' })
  await expect(question).toContainText('1 request of another program is in flight')
  await question.getByRole('button', { name: 'Cancel' }).click()
  call.destroy()
  await corral.release()
  await expect(async () => {
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(page.getByText('Ollama 0.32.15 is stopped', { exact: false })).toBeVisible()
  }).toPass()
})
