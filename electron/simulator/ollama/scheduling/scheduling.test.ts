import { afterEach, describe, expect, test } from 'vitest'
import type { Configuration } from '../../configuration'
import { RunningSimulator } from '../../running-simulator.testing'
import { isAlive } from '../captures/stage.testing'

let ollama: RunningSimulator
afterEach(() => ollama.close())

const large = 'llama3.3:70b'
const [first, second, third] = ['llama3.2:1b', 'qwen3:8b', 'llama3.2:3b'] as const

async function begin(configuration: Partial<Configuration>, environment: Record<string, string> = {}) {
  ollama = await RunningSimulator.start({ installed: [large, first, second, third], ...configuration }, environment)
}

/** Loads a model; what is given goes into the request. */
async function load(model: string, more: object = {}) {
  const body = JSON.stringify({ model, stream: false, ...more })
  const answer = await fetch(`${ollama.baseUrl}/api/generate`, { method: 'POST', body })
  return { status: answer.status, ...((await answer.json()) as { error?: string; done_reason?: string }) }
}

async function inMemory() {
  const listed = await (await fetch(`${ollama.baseUrl}/api/ps`)).json()
  return (listed as { models: { name: string; size: number; size_vram: number }[] }).models
}

async function state() {
  const told = await (await fetch(`${ollama.baseUrl}/simulator/state`)).json()
  return told as { queueLength: number; loaded: { pid: number; isLoading: boolean; slots: number }[] }
}

const until = <T>(look: () => T) => expect.poll(look, { timeout: 10_000 })

describe.each(['0.5.12', '0.32.15'])('as %s', (version) => {
  test('a model loaded again with another context goes back onto the cards', async () => {
    await begin({ version })
    await load(large, { options: { num_ctx: 4096 } })
    const [before] = await inMemory()
    await load(large, { options: { num_ctx: 2048 } })
    const [again, ...others] = await inMemory()
    expect(others).toEqual([])
    expect(before?.size_vram).toBe(before?.size)
    expect(again?.size_vram).toBe(again?.size)
  })

  test('where one model may be in memory, the next one takes its place', async () => {
    await begin({ version }, { OLLAMA_MAX_LOADED_MODELS: '1' })
    for (const model of [first, second]) expect(await load(model)).toMatchObject({ status: 200, done_reason: 'load' })
    expect((await inMemory()).map(({ name }) => name)).toEqual([second])
  })

  test('a request beyond the queue is refused', async () => {
    await begin({ version, faults: { loadTakesMs: 600 } }, { OLLAMA_MAX_LOADED_MODELS: '1', OLLAMA_MAX_QUEUE: '1' })
    const answers = [load(first)]
    await until(async () => (await state()).loaded.map(({ isLoading }) => isLoading)).toEqual([true])
    // The old server loads beside its queue: its hand is free until a second model wants the place of the first.
    for (const model of version === '0.5.12' ? [second, third] : [second]) {
      const before = (await state()).queueLength
      answers.push(load(model))
      await until(async () => (await state()).queueLength).toBe(before + 1)
    }
    expect(await load(large)).toEqual({
      status: 503,
      error: 'server busy, please try again.  maximum pending requests exceeded',
    })
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200))
  })

  test('a model that is not to be kept leaves with its answer', async () => {
    await begin({ version })
    await load(first, { prompt: 'hi', options: { num_predict: 4 }, keep_alive: 0 })
    await until(inMemory).toEqual([])
  })

  test('a server that is told to end takes its runner along', async () => {
    await begin({ version })
    await load(first)
    const [{ pid } = { pid: 0 }] = (await state()).loaded
    await ollama.kill('SIGTERM')
    await until(() => isAlive(pid)).toBe(false)
  })

  test('a server that is killed leaves its runner behind, which obeys', async () => {
    await begin({ version })
    await load(first)
    const [{ pid } = { pid: 0 }] = (await state()).loaded
    await ollama.kill('SIGKILL')
    process.kill(pid, 'SIGTERM') // throws where it is gone
    await until(() => isAlive(pid)).toBe(false)
  })

  test('a load that fails says why, and the next one is tried', async () => {
    await begin({ version, faults: { loadError: 'no such device' } })
    expect(await load(first)).toEqual({ status: 500, error: 'no such device' })
    await ollama.setFaults({})
    expect(await load(first)).toMatchObject({ status: 200 })
  })

  test('a runner that was killed is found out by the next question, and started anew', async () => {
    await begin({ version })
    await load(first)
    const [{ pid } = { pid: 0 }] = (await state()).loaded
    process.kill(pid, 'SIGKILL')
    await until(() => isAlive(pid)).toBe(false)
    expect(await load(first, { prompt: 'hi', options: { num_predict: 4 } })).toMatchObject({ status: 200 })
    expect(ollama.log).toContain('process no longer running')
    expect((await state()).loaded.map((loaded) => loaded.pid)).not.toContain(pid)
  })
})
