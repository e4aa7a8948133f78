import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startSimulatedOllama } from './start-for-tests'

type Ollama = Awaited<ReturnType<typeof startSimulatedOllama>>
let ollama: Ollama
let stateFolder: string

afterEach(async () => {
  await ollama.stop()
  rmSync(stateFolder, { recursive: true, force: true })
})

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
    stateFolder = mkdtempSync(join(tmpdir(), 'simulated-state-'))
    ollama = await startSimulatedOllama({ version, installed: [model], loadSecondsPerGibibyte: 0, stateFolder })
    const [first] = await load(4096)
    const [again, ...others] = await load(2048)
    expect(others).toEqual([])
    expect(first?.size_vram).toBe(first?.size)
    expect(again?.size_vram).toBe(again?.size)
  },
)
