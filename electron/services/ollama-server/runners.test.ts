import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listDescendants } from '../../process/process-list'
import { Runners } from './runners'

const waits = 'setInterval(() => {}, 1000)'
/** Starts a process beneath it for each line it is sent, and ends that with `end`. */
const serverScript = `
  const { spawn } = require('node:child_process')
  const { once } = require('node:events')
  let runner = null
  require('node:readline').createInterface({ input: process.stdin }).on('line', async (line) => {
    if (runner) { runner.kill('SIGKILL'); await once(runner, 'exit') }
    runner = line === 'end' ? null : spawn(process.execPath, ['-e', ${JSON.stringify(waits)}, '--', '--model', line])
    console.log('done')
  })`

let server: ChildProcess
let looks: number
let runners: Runners

beforeEach(() => {
  server = spawn(process.execPath, ['-e', serverScript], { stdio: ['pipe', 'pipe', 'inherit'] })
  looks = 0
  runners = new Runners((pid) => {
    looks += 1
    return listDescendants(pid)
  })
  runners.follow(server.pid ?? null)
})
afterEach(async () => {
  await tell('end')
  server.kill('SIGKILL')
  await once(server, 'exit')
})

async function tell(line: string) {
  server.stdin?.write(`${line}\n`)
  if (server.stdout) await once(server.stdout, 'data')
}

const loaded = (...names: string[]) => names.map((name) => ({ name, contextLength: 4096 }))
const commandsOf = async (...names: string[]) => (await runners.of(loaded(...names))).map(({ command }) => command)

test('at rest with a loaded model no process list is read', async () => {
  await tell('llama')
  expect(await commandsOf('llama')).toEqual([expect.stringContaining('--model llama')])
  expect(looks).toBe(1)
  for (let times = 0; times < 50; times++) await runners.of(loaded('llama'))
  expect(looks).toBe(1)
})

test('the processes are looked for when another model is loaded, and when one is unloaded', async () => {
  await tell('llama')
  await runners.of(loaded('llama'))
  await tell('qwen')
  expect(await commandsOf('qwen')).toEqual([expect.stringContaining('--model qwen')])
  await tell('end')
  expect(await commandsOf()).toEqual([])
  expect(looks).toBe(3)
})

test('a runner that was replaced while its model stayed loaded is found, since the old one is gone', async () => {
  await tell('llama')
  const [first] = await runners.of(loaded('llama'))
  await tell('llama')
  const [second] = await runners.of(loaded('llama'))
  expect(second?.pid).not.toBe(first?.pid)
  expect(looks).toBe(2)
})

test('a model whose runner cannot be seen is looked for a few times, and not for ever', async () => {
  for (let times = 0; times < 20; times++) await runners.of(loaded('cloud'))
  expect(looks).toBe(4)
})

test('of a server that is not there no process is looked for', async () => {
  runners.follow(null)
  expect(await commandsOf('llama')).toEqual([])
  expect(looks).toBe(0)
})

test('L8: a model whose runner was killed has one again once it is used', async () => {
  const usedAt = (expiresAtMs: number) => runners.of([{ name: 'llama', contextLength: 4096, expiresAtMs }])
  await tell('llama')
  expect(await usedAt(1)).toHaveLength(1)
  await tell('end')
  for (let times = 0; times < 20; times++) expect(await usedAt(1)).toEqual([])
  await tell('llama')
  expect(await usedAt(2)).toHaveLength(1)
})

test('L8: only a server that is seen, and is an Ollama, can be said to have no runner', async () => {
  await runners.of(loaded('llama'))
  expect(runners.seesAll).toBe(false) // a program of another name may stand before one in a container
  runners.follow(null)
  expect(runners.seesAll).toBe(false)
})
