import { expect, type Page } from '@playwright/test'
import { ownModel } from '../../shared/backends/own'
import { test } from '../corral'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { Figures } from './figures'
import { type Frames, framesDuring, scrollThrough } from './frames'
import { seedChat } from './seeded-chats'

const model = 'llama3.2:1b'
const streams = 4
const tokensPerSecond = 1500
const answerTokens = 9000
const conversation = 'section[aria-label="Conversation"]'
const simulator = {
  installed: [model],
  decodeTokensPerSecond: tokensPerSecond,
  prefillTokensPerSecond: 50_000,
  batchOverhead: 0,
}

test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

test('answers that stream, and long ones that are scrolled', async ({ corral }) => {
  test.setTimeout(300_000)
  const figures = new Figures(`Chat: ${streams} answers at ${tokensPerSecond} tokens a second each`)
  await corral.stop()
  const [long, many] = [
    seedChat(corral.dataFolder, { model, messageCount: 2, lineCount: 3000 }),
    seedChat(corral.dataFolder, { model, messageCount: 1000, lineCount: 4 }),
  ]
  const page = await corral.start()
  await withHostClient(corral.web.url, async (host) => {
    await host.serverSettings.save({ host: '127.0.0.1', port: corral.serverPort, values: { parallel: '4' }, extra: [] })
    await startServer(host)
    await host.models.load({ model: ownModel(model) })
    for (const round of [1, 2, 3]) addFrames(figures, `streaming, round ${round}`, await streamIn(page, host))
  })
  for (const [what, chat] of [
    ['scrolling through an answer of 3,000 lines', long],
    ['scrolling through 1,000 messages', many],
  ] as const) {
    await page.evaluate((id) => {
      window.location.hash = `/playground/${id}`
    }, chat)
    await expect(page.locator(conversation)).toContainText('line')
    await page.waitForTimeout(1000)
    addFrames(figures, what, await framesDuring(page, () => scrollThrough(page, conversation, 240)))
  }
  figures.print([
    'one answer in sight, three behind it: the playground shows one conversation at a time',
    'browser, host and simulated server share this machine; the browser draws without a GPU',
  ])
})

function addFrames(figures: Figures, what: string, frames: Frames) {
  figures.add(`${what}: longest frame`, [frames.longestMs], 'ms', { atMost: 50 })
  figures.add(`${what}: frames, 95 of 100 within`, [frames.p95Ms], 'ms')
  figures.add(`${what}: frames over 50 ms`, [frames.over50Ms], '')
}

async function streamIn(page: Page, host: HostClient): Promise<Frames> {
  const parameters = { maximumTokens: answerTokens, contextLength: 16_384 }
  const chats = await Promise.all(
    Array.from({ length: streams }, () => host.chats.create({ model: ownModel(model), parameters })),
  )
  const shown = chats[0]?.id ?? ''
  await page.evaluate((id) => {
    window.location.hash = `/playground/${id}`
  }, shown)
  await Promise.all(chats.map(({ id }) => host.answers.send({ chatId: id, text: 'How fast is it?' })))
  await expect(page.locator(conversation)).toContainText('Three things')
  const ends = chats.map(({ id }) =>
    firstOf(host.chats.watchChat({ id }), ({ turns }) => turns.at(-1)?.answers.at(-1)?.state === 'done'),
  )
  return framesDuring(page, () => Promise.all(ends))
}
