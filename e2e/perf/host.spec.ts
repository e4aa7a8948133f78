import { expect } from '@playwright/test'
import { freePort } from '../../electron/process/free-port.testing'
import { ownModel } from '../../shared/backends/own'
import type { LogLevel } from '../../shared/contract/server-log'
import { test } from '../corral'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { Figures } from './figures'
import { fillLog } from './filled-log'
import { inspectedAt, loopDelayDuring } from './main-inspector'
import { seedChats } from './seeded-chats'

const model = 'llama3.2:1b'
const loadMs = 10_000
const requestCount = 10_000
const simulator = { installed: [model], decodeTokensPerSecond: 3000, prefillTokensPerSecond: 50_000 }
const inspectorPort = await freePort()

test.use({ launch: { simulator, preferences: { isChecklistDone: true }, environment: inspectedAt(inspectorPort) } })

test('what holds up the host', async ({ corral, page }) => {
  test.setTimeout(900_000)
  const figures = new Figures('How late the timers of the host were during each load (1 ms at rest)')
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
  await corral.stop()
  seedChats(corral.dataFolder, 5000, model)
  await corral.start()
  await withHostClient(corral.web.url, async (host) => {
    const during = async (what: string, act: () => Promise<unknown>) => {
      const { p99Ms, worstMs } = await loopDelayDuring(inspectorPort, act)
      figures.add(`${what}: p99`, [p99Ms], 'ms', { atMost: 10 })
      figures.add(`${what}: worst`, [worstMs], 'ms', { atMost: 50 })
    }
    await during('5,000 chats taken into the index', () =>
      firstOf(host.chats.watch({ search: 'Chat' }), ({ isLast }) => isLast),
    )
    const values = { parallel: '64', queue: '512' }
    await host.serverSettings.save({ host: '127.0.0.1', port: corral.serverPort, values, extra: [] })
    await startServer(host)
    await during('100,000 log lines taken in', () => fillLog(corral, host, 100_000))
    await during('at rest', () => new Promise((resolve) => setTimeout(resolve, loadMs)))
    await during('5,000 chats searched', () => again((round) => search(host, round)))
    await during('100,000 log lines filtered and searched', () => again((round) => filter(host, round)))
    await during(`${requestCount.toLocaleString('en')} requests of benchmarks saved`, () => measure(host))
  })
  figures.print([
    `each load goes on for ${loadMs / 1000} s or until it is done; nothing is booked: there is no ledger yet`,
  ])
})

async function again(act: (round: number) => Promise<unknown>) {
  const untilMs = performance.now() + loadMs
  for (let round = 0; performance.now() < untilMs; round++) await act(round)
}

const words = ['Chat 4', 'sentence', 'e', 'of', '显存', 'ceiling(', '70b', 'Question 0 of Chat 1234', '"', 'point']

const search = (host: HostClient, round: number) =>
  firstOf(host.chats.watch({ search: words[round % words.length] ?? '' }), ({ isLast }) => isLast)

async function filter(host: HostClient, round: number) {
  const levels: LogLevel[] = round % 2 === 0 ? ['info', 'error'] : ['warn', 'plain']
  await host.serverLog.read({ levels, from: -1, count: 200 })
  await host.serverLog.find({ levels, search: `line ${round * 97}`, fromNumber: 0, direction: 'next' })
  await host.serverLog.histogram({ levels, stepCount: 200 })
}

/** Runs of many streams and short answers until so many requests have been saved. */
async function measure(host: HostClient) {
  const plan = {
    model: ownModel(model),
    promptTokens: 64,
    answerTokens: 16,
    concurrency: [32, 64, 96, 128],
    contextLength: 2048,
  }
  for (let saved = 0; saved < requestCount; ) {
    const { id } = await host.bench.start({ ...plan, preset: 'standard' })
    await firstOf(host.bench.watch(), (live) => live === null)
    const { requestCount: ofRun } = await host.bench.show({ id })
    if (ofRun === 0) throw new Error('the run saved nothing')
    saved += ofRun
  }
}
