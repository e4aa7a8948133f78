import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runningServer } from '../../../shared/ollama/server-powers'
import { isAlive, load, runnersOf, TestMachine } from './test-machine.testing'

const machine = new TestMachine()

test('where nothing can be noted, a killed server comes back all the same', async () => {
  const { server, state, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  const serverPid = pid()
  // A folder in the record's place refuses every write, to root as well.
  rmSync(join(machine.folder, 'data', 'server.json'))
  mkdirSync(join(machine.folder, 'data', 'server.json'))
  process.kill(serverPid ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  await until((now) => now.state === 'ready')
  await server.stop()
  expect(state()).toMatchObject({ state: 'stopped' })
})

test('a server that is killed comes back, and its orphaned runner does not stay', async () => {
  const { server, state, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  await load(server)
  const serverPid = pid()
  const [runner] = await runnersOf(serverPid)
  await expect
    .poll(() => readFileSync(join(machine.folder, 'data', 'server.json'), 'utf8'), { timeout: 8000 })
    .toContain(`"pid": ${runner}`)
  process.kill(serverPid ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  expect(state()).toMatchObject({ exit: { signal: 'SIGKILL', reason: 'killed' }, crashCount: 1 })
  expect(await isAlive(runner)).toBe(false)
  await until((now) => now.state === 'ready')
  expect(pid()).not.toBe(serverPid)
})

test('a server that is killed right after it loaded a model leaves no runner either', async () => {
  const { server, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  await load(server)
  const [runner] = await runnersOf(pid())
  process.kill(pid() ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  expect(runner).toBeDefined()
  expect(await isAlive(runner)).toBe(false)
})

test('a server that keeps crashing is given up after five times', async () => {
  const { server, until, state } = await machine.corral(machine.installOllama({ faults: { crashAfterMs: 400 } }))
  await server.start().catch(() => {})
  await server.state.until((now) => now.state === 'crashed' && now.gaveUp, AbortSignal.timeout(28_000))
  expect(state()).toMatchObject({
    state: 'crashed',
    exit: { code: 2, reason: 'panic' },
    nextRestartAtMs: null,
    crashCount: 5,
  })
  await until(() => true)
})

test('a server that somebody ends from outside is stopped, not crashed', async () => {
  const { server, state, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  process.kill(pid() ?? 0, 'SIGTERM')
  await until((now) => now.state === 'stopped')
  expect(state()).toMatchObject({ exit: { code: 0, reason: 'stopped-by-other' } })
})

test('a server that no longer answers is said to hang, and can be stopped', async () => {
  const { server, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  const serverPid = pid()
  process.kill(serverPid ?? 0, 'SIGSTOP')
  await until((now) => now.state === 'hung')
  process.kill(serverPid ?? 0, 'SIGCONT')
  await until((now) => now.state === 'ready')
  process.kill(serverPid ?? 0, 'SIGSTOP')
  await server.stop()
  expect(await isAlive(serverPid)).toBe(false)
}, 40_000)

test('L27: what Corral asked and did not wait for is no error of the server', async () => {
  const { server, log, until, pid } = await machine.corral(machine.installOllama())
  await server.start()
  process.kill(pid() ?? 0, 'SIGSTOP')
  await until((now) => now.state === 'hung')
  // As a real one writes it when it goes on; of the third nobody of ours has asked.
  const line = (path: string) => `[GIN] 2026/11/26 - 15:52:50 | 500 | 1.2ms | 127.0.0.1 | GET      "${path}"`
  appendFileSync(join(machine.folder, 'data', 'logs', 'server.stdout.log'), `${line('/api/version')}\n`)
  appendFileSync(join(machine.folder, 'data', 'logs', 'server.stdout.log'), `${line('/api/tags')}\n`)
  process.kill(pid() ?? 0, 'SIGCONT')
  await until((now) => now.state === 'ready')
  await expect
    .poll(() => log.lines.filter(({ level }) => level === 'error').map(({ text }) => text))
    .toEqual([line('/api/tags')])
}, 30_000)

test('how a server of an earlier Corral ended cannot be known, and it is brought back', async () => {
  const file = machine.installOllama()
  const first = await machine.corral(file)
  await first.server.start()
  const serverPid = first.pid()
  await first.close(true)
  const second = await machine.corral(file)
  await second.until((now) => now.state === 'ready')
  process.kill(serverPid ?? 0, 'SIGTERM')
  await second.until((now) => now.state === 'crashed')
  expect(second.state()).toMatchObject({ exit: { code: null, signal: null, reason: 'unseen' }, gaveUp: false })
  await second.until((now) => now.state === 'ready')
  expect(runningServer(second.state())?.owner).toBe('corral')
})
