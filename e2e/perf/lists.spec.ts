import { join } from 'node:path'
import { expect } from '@playwright/test'
import Libsql from 'libsql'
import { ownModel } from '../../shared/backends/own'
import { test } from '../corral'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { Figures } from './figures'
import { fillLog } from './filled-log'
import { clickedInMs, opensInMs } from './opening'
import { seedChats } from './seeded-chats'

const model = 'llama3.2:1b'
const rounds = 7
const simulator = { installed: [model], decodeTokensPerSecond: 2000, prefillTokensPerSecond: 50_000 }
const budget = { atMost: 200 }

test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

test('long lists', async ({ corral }) => {
  test.setTimeout(300_000)
  const figures = new Figures('Lists: from the click to the first rows on screen')
  let runId = ''
  await withHostClient(corral.web.url, async (host) => {
    await startServer(host)
    runId = await measureOnce(host)
  })
  await corral.stop()
  seedChats(corral.dataFolder, 5000, model)
  const requestCount = multiplyRequests(corral.dataFolder, runId, 10_000)
  const page = await corral.start()
  await withHostClient(corral.web.url, async (host) => {
    await startServer(host)
    await fillLog(corral, host, 100_000)
  })

  const elsewhere = () => opensInMs(page, '/settings', 'main h1')
  const open = async (what: string, hash: string, selector: string) => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      await elsewhere()
      await page.waitForTimeout(300)
      times.push(await opensInMs(page, hash, selector))
    }
    figures.add(what, times.slice(1), 'ms', budget)
    figures.add(`${what}, the first time`, times.slice(0, 1), 'ms')
  }
  await open('5,000 chats', '/playground', 'nav[aria-label="Chats"] a')

  const logTimes: number[] = []
  for (let round = 0; round < rounds; round++) {
    await elsewhere()
    await opensInMs(page, '/server', '[role=tab]')
    await page.waitForTimeout(300)
    logTimes.push(await clickedInMs(page, 'Log', '[data-level]'))
  }
  figures.add('100,000 log lines', logTimes.slice(1), 'ms', budget)
  figures.add('100,000 log lines, the first time', logTimes.slice(0, 1), 'ms')

  await open('a run of 10,000 requests: its figures', `/benchmark/${runId}`, 'main table tbody tr')
  const requestTimes: number[] = []
  for (let round = 0; round < rounds; round++) {
    await elsewhere()
    await opensInMs(page, `/benchmark/${runId}`, 'main table tbody tr')
    await page.waitForTimeout(300)
    await expect(page.getByRole('button', { name: /^Show .* requests/ })).toBeVisible()
    requestTimes.push(await clickedInMs(page, 'Show', 'section[aria-label="Requests"] td'))
  }
  figures.add('10,000 requests of a run: the table', requestTimes, 'ms', budget)
  figures.print([`${requestCount.toLocaleString('en')} requests, 5,000 chats and the log are on one data folder`])
})

async function measureOnce(host: HostClient): Promise<string> {
  const plan = { model: ownModel(model), promptTokens: 64, answerTokens: 32, concurrency: [1, 4], contextLength: 4096 }
  const { id } = await host.bench.start({ ...plan, preset: 'quick' })
  await firstOf(host.bench.watch(), (live) => live === null)
  return id
}

/** Repeats a run's own requests until there are as many as wanted; gives how many there are. */
function multiplyRequests(dataFolder: string, runId: string, wanted: number): number {
  const database = new Libsql(join(dataFolder, 'corral.db'))
  try {
    const count = () =>
      (database.prepare('SELECT count(*) AS count FROM bench_request WHERE run_id = ?').get(runId) as { count: number })
        .count
    const own = count()
    database
      .prepare(
        `WITH RECURSIVE round (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM round WHERE n < ?)
         INSERT INTO bench_request (run_id, number, stage, phase, record, events_ms)
         SELECT run_id, number + 100000 * n, stage, phase,
           json_set(record, '$.number', number + 100000 * n), events_ms
         FROM bench_request, round WHERE run_id = ?`,
      )
      .run(Math.ceil(wanted / own) - 1, runId)
    return count()
  } finally {
    database.close()
  }
}
