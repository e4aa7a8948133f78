import { ownModel } from '../../shared/backends/own'
import type { BenchRun } from '../../shared/contract/bench'
import type { SeenRequest } from '../../shared/measure/stage'
import { test } from '../corral'
import { firstOf, type HostClient, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { errorsOf, rateError, type Sent } from './bench-errors'
import { Figures } from './figures'

const model = 'llama3.2:1b'
const steps = [1, 8, 32, 128]
const rounds = 3
const simulator = {
  installed: [model],
  prefillTokensPerSecond: 40_000,
  decodeTokensPerSecond: 60,
  batchOverhead: 0.005,
}

test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

test('what the benchmark measures against what the server did', async ({ corral }) => {
  test.setTimeout(900_000)
  const figures = new Figures('Benchmark against the simulator, which knows when each token was due')
  const notes = [
    'an error is measured minus true; from and to are the 95 % interval of the median, of tokens a second the range of runs',
  ]
  await withHostClient(corral.web.url, async (host) => {
    const values = { parallel: '64', queue: '512' }
    await host.serverSettings.save({ host: '127.0.0.1', port: corral.serverPort, values, extra: [] })
    await startServer(host)
    for (const streams of steps) {
      const ttftMs: number[] = []
      const tpotPercent: number[] = []
      const ratePercent: number[] = []
      const loopDelayMs: number[] = []
      for (let round = 0; round < rounds; round++) {
        const { run, requests } = await measure(host, streams)
        const sent = await lastSent(corral.serverPort, requests.length)
        const stage = run.stages[0]
        const errors = errorsOf(requests, sent)
        ttftMs.push(...errors.map((error) => error.ttftMs))
        tpotPercent.push(...errors.map((error) => Math.abs(error.tpotPercent)))
        if (stage) ratePercent.push(Math.abs(rateError(stage, requests, sent)))
        loopDelayMs.push(stage?.client.loopDelayP99Ms ?? 0)
      }
      figures.addMedian(`${streams} streams: first token late by`, ttftMs, 'ms', { atMost: streams > 32 ? 10 : 5 })
      figures.addMedian(`${streams} streams: time per token off by`, tpotPercent, '%', { atMost: 1 })
      figures.add(`${streams} streams: tokens a second off by`, ratePercent, '%', { atMost: 1 })
      figures.add(`${streams} streams: loop of the client late by (p99)`, loopDelayMs, 'ms')
    }
  })
  figures.print(notes)
})

async function measure(host: HostClient, streams: number): Promise<{ run: BenchRun; requests: SeenRequest[] }> {
  const plan = {
    model: ownModel(model),
    promptTokens: 100,
    answerTokens: 64,
    concurrency: [streams],
    contextLength: 1024,
  }
  const { id } = await host.bench.start({ ...plan, preset: 'quick' })
  await firstOf(host.bench.watch(), (live) => live === null)
  const exported = JSON.parse((await host.bench.export({ id })).json) as { run: BenchRun; requests: SeenRequest[] }
  return { ...exported, requests: exported.requests.filter(({ phase }) => phase === 'measure') }
}

/** The server keeps what it did in the order of arrival, as the requests are numbered. */
async function lastSent(port: number, count: number): Promise<Sent[]> {
  const state = (await (await fetch(`http://127.0.0.1:${port}/simulator/state`)).json()) as { sent: Sent[] }
  return state.sent.slice(-count)
}
