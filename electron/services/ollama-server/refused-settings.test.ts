import { expect, test } from 'vitest'
import { load, TestMachine } from './test-machine.testing'

const machine = new TestMachine()

const flashNeeded =
  'llama-server process has terminated: exit status 1: llama_init_from_model: quantized V cache requires flash_attn to be enabled'

test.each([
  ['0.33.0', { flashAttention: '0', keyValueType: 'q8_0' }],
  ['0.33.0', { flashAttention: '0', keyValueType: 'q4_0' }],
])('L2: the simulated %s refuses to load with %o, in the words of the real one', async (version, values) => {
  const { server, ask, log } = await machine.corral(machine.installOllama({ version }))
  ask(values)
  await server.start()
  await expect(load(server)).rejects.toMatchObject({
    code: 'cacheNeedsFlash',
    detail: expect.stringContaining(flashNeeded),
  })
  const body = JSON.stringify({ model: 'llama3.2:3b' })
  const answer = await fetch(`${server.address.current?.baseUrl}/api/generate`, { method: 'POST', body })
  expect(answer.status).toBe(500)
  expect(((await answer.json()) as { error: string }).error).toContain(flashNeeded)
  await expect.poll(() => log.lines.some(({ text }) => text.includes('quantized V cache requires'))).toBe(true)
})

test.each([
  ['0.5.12', { flashAttention: '0', keyValueType: 'q8_0' }],
  ['0.29.0', { flashAttention: '0', keyValueType: 'q8_0' }],
  ['0.33.0', { keyValueType: 'q8_0' }],
  ['0.33.0', { flashAttention: '0', keyValueType: 'f16' }],
  ['0.33.0', { flashAttention: '1', keyValueType: 'q8_0' }],
])('L2: the simulated %s loads with %o', async (version, values) => {
  const { server, ask } = await machine.corral(machine.installOllama({ version }))
  ask(values)
  await server.start()
  await expect(load(server)).resolves.toBeDefined()
})
