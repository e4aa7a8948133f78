import { test } from '../corral'
import { firstOf, withHostClient } from '../host-client'
import { startServer } from '../pictures/with-camera'
import { Figures } from './figures'

type Sent = { arrivedAtMs: number; tokenDueAtMs: number[] }

const model = 'llama3.2:1b'
const steps = [1, 8, 32, 128]
const simulator = {
  installed: [model],
  prefillTokensPerSecond: 40_000,
  decodeTokensPerSecond: 60,
  batchOverhead: 0.005,
}

test.use({ launch: { simulator, preferences: { isChecklistDone: true } } })

test('what the benchmark measures against what the server did', async ({ corral }) => {
  test.setTimeout(600_000)
  const figures = new Figures('Benchmark against the simulator, which knows when each token was due')
  const notes: string[] = ['an error is measured minus true; the middle half of all requests lies between from and to']
  await withHostClient(corral.web.url, async (host) => {
    const values = { parallel: '64', queue: '512' }
    await host.serverSettings.save({ host: '127.0.0.1', port: corral.serverPort, values, extra: [] })
    await startServer(host)
    for (const streams of steps) {
      const plan = { model, promptTokens: 100, answerTokens: 64, concurrency: [streams], contextLength: 1024 }
      const { id } = await host.bench.start({ ...plan, preset: 'quick' })
      await firstOf(host.bench.watch(), (live) => live === null)
      const requests = (await host.bench.showRequests({ id, count: 2000 })).filter(({ phase }) => phase === 'measure')
      const state = (await (await fetch(`http://127.0.0.1:${corral.serverPort}/simulator/state`)).json()) as {
        sent: Sent[]
      }
      // The server keeps what it did in the order of arrival, as the requests are numbered.
      const sent = state.sent.slice(-requests.length)
      const errors = requests.map(({ ttftMs, tpotMs }, index) => {
        const { arrivedAtMs = 0, tokenDueAtMs = [] } = sent[index] ?? {}
        const [first = 0, last = 0] = [tokenDueAtMs[0], tokenDueAtMs.at(-1)]
        const trueTpotMs = (last - first) / (tokenDueAtMs.length - 1)
        return { ttftMs: (ttftMs ?? 0) - (first - arrivedAtMs), tpotPercent: ((tpotMs ?? 0) / trueTpotMs - 1) * 100 }
      })
      const middleHalf = (values: number[]) => {
        const sorted = values.toSorted((one, other) => one - other)
        return sorted.slice(Math.floor(sorted.length / 4), Math.ceil((sorted.length * 3) / 4))
      }
      figures.add(`${streams} streams: first token late by`, middleHalf(errors.map(({ ttftMs }) => ttftMs)), 'ms', {
        atMost: streams > 32 ? 10 : 5,
      })
      figures.add(
        `${streams} streams: time per token off by`,
        middleHalf(errors.map((e) => Math.abs(e.tpotPercent))),
        '%',
        {
          atMost: 1,
        },
      )
      const client = (await host.bench.show({ id })).stages[0]?.client
      notes.push(`${streams} streams, what the client says of itself: ${JSON.stringify(client)}`)
    }
  })
  figures.print(notes)
})
