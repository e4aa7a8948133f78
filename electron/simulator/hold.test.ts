import { afterEach, expect, test } from 'vitest'
import { RunningSimulator } from './running-simulator.testing'

let ollama: RunningSimulator
afterEach(() => ollama.close())

/** An answer as it comes, and how many of its tokens are here. */
function ask(numberOfTokens: number) {
  const body = JSON.stringify({ model: 'llama3.2:1b', prompt: 'Go on', options: { num_predict: numberOfTokens } })
  let records = 0
  const ended = fetch(`${ollama.baseUrl}/api/generate`, { method: 'POST', body }).then(async ({ body: stream }) => {
    let text = ''
    for await (const chunk of stream ?? []) {
      text += Buffer.from(chunk).toString()
      records = text.split('\n').length - 1
    }
    return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '{}') as Record<string, unknown>
  })
  return { tokensSoFar: () => records, ended }
}

test('an answer is held where the faults say so, and goes on where it was when they are gone', async () => {
  ollama = await RunningSimulator.start({ installed: ['llama3.2:1b'], faults: { holdsAfterTokens: 5 } })
  const answer = ask(20)
  await expect.poll(answer.tokensSoFar).toBe(5)
  await ollama.setFaults({ holdsAfterTokens: 12 })
  await expect.poll(answer.tokensSoFar).toBe(12)
  await ollama.setFaults({})
  expect(await answer.ended).toMatchObject({ done: true, done_reason: 'length', eval_count: 20 })
  expect((await ollama.sent()).at(-1)?.tokenDueAtMs).toHaveLength(20)
})

test('a held answer ends with its runner, and the next one is answered', async () => {
  ollama = await RunningSimulator.start({ installed: ['llama3.2:1b'], faults: { holdsAfterTokens: 5 } })
  const answer = ask(20)
  await expect.poll(answer.tokensSoFar).toBe(5)
  const { loaded } = (await (await fetch(`${ollama.baseUrl}/simulator/state`)).json()) as { loaded: { pid: number }[] }
  process.kill(loaded[0]?.pid ?? 0, 'SIGKILL')
  expect(await answer.ended).toHaveProperty('error')
  await ollama.setFaults({})
  expect(await ask(3).ended).toMatchObject({ done: true })
})
