import { afterEach, expect, test } from 'vitest'
import { RunningSimulator } from '../../running-simulator.testing'

let ollama: RunningSimulator

afterEach(() => ollama.close())

const model = 'llama3.3:70b'

/** Loads with this context and says how the model lies then. */
async function load(contextLength: number) {
  const body = JSON.stringify({ model, stream: false, options: { num_ctx: contextLength } })
  const answer = await fetch(`${ollama.baseUrl}/api/generate`, { method: 'POST', body })
  expect(answer.status).toBe(200)
  const listed = (await (await fetch(`${ollama.baseUrl}/api/ps`)).json()) as {
    models: { size: number; size_vram: number }[]
  }
  return listed.models
}

test.each(['0.5.12', '0.32.15'])(
  'a model loaded again with another context goes back onto the cards, as %s',
  async (version) => {
    ollama = await RunningSimulator.start({ version, installed: [model] })
    const [first] = await load(4096)
    const [again, ...others] = await load(2048)
    expect(others).toEqual([])
    expect(first?.size_vram).toBe(first?.size)
    expect(again?.size_vram).toBe(again?.size)
  },
)
