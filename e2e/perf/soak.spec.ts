import { expect } from '@playwright/test'
import { freePort } from '../../electron/process/free-port.testing'
import { ownModel } from '../../shared/backends/own'
import { test } from '../corral'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { openScreen } from '../screens'
import { Figures } from './figures'
import { inspectedAt, mainHeapBytes } from './main-inspector'
import { heapBytesOf } from './page-cost'

const model = 'llama3.2:1b'
const mebibyte = 2 ** 20
const messageCount = 200
const chartMinutes = Number(process.env.CORRAL_SOAK_MINUTES ?? 4)
const hours = 8
const simulator = { installed: [model], decodeTokensPerSecond: 3000, prefillTokensPerSecond: 50_000 }
const inspectorPort = await freePort()

test.use({ launch: { simulator, preferences: { isChecklistDone: true }, environment: inspectedAt(inspectorPort) } })

test('what grows in a long session', async ({ corral, page }) => {
  test.setTimeout(600_000 + chartMinutes * 60_000)
  const figures = new Figures(`Growth: ${messageCount} messages, then ${chartMinutes} min of charts`)
  const memory = async () => ({
    main: (await mainHeapBytes(inspectorPort)) / mebibyte,
    page: (await heapBytesOf(page)) / mebibyte,
  })
  await withHostClient(corral.web.url, async (host) => {
    await startServer(host)
    const chatId = await talk(host, 20) // what is loaded once is loaded before the first look
    await page.evaluate((id) => {
      window.location.hash = `/playground/${id}`
    }, chatId)
    await expect(page.getByRole('button', { name: /Figures of this answer/ }).last()).toBeVisible()
    await openScreen(page, 'GPUs')
    await page.waitForTimeout(20_000)
    const atFirst = await memory()
    await page.goBack()
    await talk(host, messageCount, chatId)
    await openScreen(page, 'GPUs')
    await page.waitForTimeout(20_000)
    const afterTalk = await memory()
    await page.waitForTimeout(chartMinutes * 60_000)
    const atLast = await memory()

    let total = 0
    for (const part of ['main', 'page'] as const) {
      const [byTalk, byCharts] = [afterTalk[part] - atFirst[part], atLast[part] - afterTalk[part]]
      figures.add(`${part}: at first`, [atFirst[part]], 'MiB')
      figures.add(`${part}: ${messageCount} messages added`, [byTalk], 'MiB')
      figures.add(`${part}: ${chartMinutes} min of charts added`, [byCharts], 'MiB')
      total += byTalk + (byCharts * hours * 60) / chartMinutes
    }
    figures.add(`both: ${hours} hours of charts and the messages, if it went on so`, [total], 'MiB', { atMost: 150 })
  })
  figures.print([
    'the heaps of host and page, each after a collection',
    `the charts' part is extrapolated from ${chartMinutes} min, and what is kept for an hour at most counts as if it grew on;`,
    'CORRAL_SOAK_MINUTES takes longer',
  ])
})

/** So many messages, half of them answers, one after the other; gives the chat. */
async function talk(host: HostClient, count: number, id?: string): Promise<string> {
  const chatId = id ?? (await host.chats.create({ model: ownModel(model), parameters: { maximumTokens: 400 } })).id
  for (let turn = 0; turn < count / 2; turn++) {
    await host.answers.send({ chatId, text: 'How fast is it?' })
    await firstOf(host.chats.watchChat({ id: chatId }), ({ turns }) => turns.at(-1)?.answers.at(-1)?.state === 'done')
  }
  return chatId
}
