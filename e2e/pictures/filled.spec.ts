import { ownModel } from '../../shared/backends/own'
import type { BenchLive } from '../../shared/contract/bench'
import { expect, test } from '../corral'
import { firstOf, type HostClient } from '../host-client'
import { startServer, withCamera } from './with-camera'

const installed = [
  'llama3.3:70b-instruct-q4_K_M',
  'qwen3:32b',
  'qwen3:8b',
  'llama3.1:8b',
  'llama3.2:1b',
  'gpt-oss:20b',
  'deepseek-r1:32b',
  'nomic-embed-text:v1.5',
]
const simulator = { installed, pullBytesPerSecond: 40e6 }
const measured = {
  model: ownModel('llama3.1:8b'),
  promptTokens: 256,
  answerTokens: 96,
  concurrency: [1, 2, 4, 8, 16],
  contextLength: 4096,
} as const

test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

test('every screen of a day of work', async ({ corral }) => {
  await withCamera(corral, async ({ camera, host, page }) => {
    await prepareServer(host, corral.serverPort)
    const run = await host.bench.start({ ...measured, concurrency: [...measured.concurrency], preset: 'quick' })
    await firstOf(host.bench.watch(), (live) => live === null)
    const chat = await fillChats(host)
    await fillPulls(host)
    await host.models.load({ model: ownModel('qwen3:32b') })

    await camera.takeScreen(`/playground/${chat}`, 'playground-filled', () =>
      page
        .getByRole('button', { name: /Figures of this answer/ })
        .first()
        .waitFor(),
    )
    await camera.takeScreen(`/playground/${chat}`, 'playground-details', () =>
      page.getByRole('button', { name: /Figures of this answer/ }).click(),
    )
    await camera.takeScreen(`/playground/${chat}`, 'playground-parameters', () =>
      page.getByRole('button', { name: 'Parameters' }).click(),
    )
    await corral.setFaults({ stallsAfterTokens: 90 })
    await host.answers.send({ chatId: chat, text: 'And with a context of 8,192 tokens?' })
    await camera.takeScreen(`/playground/${chat}`, 'playground-streaming', () =>
      page.getByRole('status').getByText('Streaming').waitFor(),
    )
    await host.answers.stop({ chatId: chat })
    await corral.setFaults({})
    await camera.takeScreen(`/benchmark/${run.id}`, 'benchmark-result', () =>
      page.getByRole('button', { name: 'Run again' }).waitFor(),
    )
    await camera.takeScreen(`/benchmark/${run.id}`, 'benchmark-result-requests', async () => {
      await page.getByRole('button', { name: /Show \d+ requests/ }).click()
      await page.getByRole('region', { name: 'Requests' }).scrollIntoViewIfNeeded()
    })
    await camera.takeScreen('/benchmark', 'benchmark-filled')
    await camera.takeScreen('/overview', 'overview-filled')
    await camera.takeScreen('/models', 'models-filled')
    await camera.takeScreen('/models', 'models-details', async () => {
      await page.getByRole('row').filter({ hasText: 'qwen3:32b' }).press('Enter')
      await page.getByText('Maximum context').waitFor()
    })
    await camera.takeScreen('/server', 'server-filled')
    await camera.takeScreen('/server', 'server-changed', async () => {
      await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
      await page.getByRole('textbox', { name: 'Keep alive' }).fill('-1')
      await page.getByRole('button', { name: 'Apply and restart' }).waitFor()
    })
    await camera.takeScreen('/server', 'server-in-force', () => page.getByRole('tab', { name: 'In effect' }).click())
    await camera.takeScreen('/server', 'server-log', () => page.getByRole('tab', { name: 'Log' }).click())
    await camera.takeScreen('/gpus', 'gpus-filled', () => page.getByText('5 min', { exact: true }).click())
    await camera.takeScreen('/settings', 'settings')
    await camera.takeScreen('/overview', 'palette', () => page.keyboard.press('Control+K'))
  })
})

test('a benchmark under way', async ({ corral }) => {
  await withCamera(corral, async ({ camera, host, page }) => {
    if (!camera.wants('benchmark-running')) return
    await prepareServer(host, corral.serverPort, { parallel: '4', contextLength: '4096' }) // fits both cards
    await host.bench.start({
      model: ownModel('llama3.3:70b-instruct-q4_K_M'),
      promptTokens: 512,
      answerTokens: 256,
      concurrency: [1, 2, 4, 8],
      contextLength: 4096,
      preset: 'standard',
    })
    for (const streams of [1, 2]) {
      await firstOf(host.bench.watch(), (live) => isMeasured(live, streams, streams))
      await host.bench.endStep()
    }
    await firstOf(host.bench.watch(), (live) => isMeasured(live, 4, 5))
    await camera.takeScreen('/benchmark', 'benchmark-running', () =>
      expect(page.getByRole('main')).toContainText('Stream 4'),
    )
    await host.bench.cancel()
    await firstOf(host.bench.watch(), (live) => live === null)
  })
})

/** Whether a step of a run is under way and has so many answers. */
function isMeasured(live: BenchLive | null, streams: number, answers: number): boolean {
  const step = live?.steps[live.stepIndex]
  return step?.kind === 'measure' && step.concurrency === streams && step.endedRequests >= answers
}

/** A server with settings of its own. */
async function prepareServer(host: HostClient, port: number, own: Record<string, string> = {}) {
  const values = { parallel: '8', contextLength: '8192', keepAlive: '30m', keyValueType: 'q8_0', queue: '256', ...own }
  await host.serverSettings.save({ host: '127.0.0.1', port, values, extra: [] })
  await startServer(host)
}

/** Some conversations; gives the one to look at. */
async function fillChats(host: HostClient): Promise<string> {
  const questions: [model: string, text: string][] = [
    ['qwen3:8b', 'Draft a note on the maintenance window'],
    ['llama3.2:1b', '两块显卡跑 70B 要多少显存？'],
    ['qwen3:8b', 'Why is prefill faster than decoding?'],
    ['llama3.1:8b', 'How fast can a 70B model be on two RTX 4090s?'],
  ]
  let latest = ''
  for (const [model, text] of questions) {
    latest = (await host.chats.create({ model: ownModel(model) })).id
    await host.answers.send({ chatId: latest, text })
    await firstOf(host.chats.watchChat({ id: latest }), ({ turns }) => turns.at(-1)?.answers.at(-1)?.state === 'done')
  }
  return latest
}

/** One pull done, one failed, one under way, one behind it. */
async function fillPulls(host: HostClient) {
  const isIn = (model: string, state: string) =>
    firstOf(host.pulls.watch(), (pulls) => pulls.some((pull) => pull.model.name === model && pull.state === state))
  await host.pulls.add({ model: ownModel('qwen2.5:0.5b') })
  await isIn('qwen2.5:0.5b', 'done')
  await host.pulls.add({ model: ownModel('nosuch:model') })
  await isIn('nosuch:model', 'failed')
  await host.pulls.add({ model: ownModel('gemma3:27b') })
  await host.pulls.add({ model: ownModel('mistral-small3.2:24b') })
  await firstOf(host.pulls.watch(), (pulls) => pulls.some(({ completedBytes }) => completedBytes > 600e6))
}
