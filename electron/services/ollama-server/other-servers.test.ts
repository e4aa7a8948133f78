import { once } from 'node:events'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { expect, test } from 'vitest'
import { isAlive, load, runnersOf, TestMachine } from './test-machine.testing'

const machine = new TestMachine()

test('a server that already runs is adopted, told apart, and not ours to stop', async () => {
  const file = machine.installOllama()
  const stranger = await machine.strangersOllama(file)
  const { server, state, until } = await machine.corral(file)
  expect(state()).toMatchObject({ state: 'adopted', owner: 'other', pid: stranger.pid, version: '0.32.15' })
  await server.start()
  expect(state().state).toBe('adopted')
  await expect(server.stop()).rejects.toThrow('serverNotOurs')
  expect(stranger.exitCode).toBeNull()
  stranger.kill('SIGTERM')
  await until((now) => now.state === 'stopped')
  expect(server.address.current).toBeNull()
})

test('L16: of a server that somebody else started its own program is told, and not the one of ours', async () => {
  const file = machine.installOllama()
  await machine.strangersOllama(file)
  const { state } = await machine.corral(file)
  const now = state()
  expect(now.state).toBe('adopted')
  // A script on disk, run by Node: whatever it is, it is not what Corral would start.
  expect('programFile' in now && now.programFile).toBe(
    process.platform === 'linux' ? realpathSync(process.execPath) : null,
  )
  expect(now.program?.file).toBe(file)
})

test('a foreign program on the port is left alone, and a free port is offered', async () => {
  const foreign = createServer((_, response) => response.end('something else')).listen(machine.port, '127.0.0.1')
  await once(foreign, 'listening')
  machine.onEnd(() => foreign.close())
  const { server, state } = await machine.corral(machine.installOllama())
  expect(state()).toMatchObject({ state: 'foreign', occupant: { pid: process.pid } })
  const now = state()
  expect(now.state === 'foreign' && now.freePort).toBeGreaterThan(machine.port)
  await expect(server.start()).rejects.toThrow('portTaken')
})

test('a program that accepts and never answers holds nothing up', async () => {
  const silent = createSocketServer(() => {}).listen(machine.port, '127.0.0.1')
  await once(silent, 'listening')
  machine.onEnd(() => silent.close())
  const { state } = await machine.corral(machine.installOllama())
  expect(state().state).toBe('foreign')
})

test('a server left running is taken up by the next Corral, which can stop it', async () => {
  const file = machine.installOllama()
  const first = await machine.corral(file)
  await first.server.start()
  await load(first.server)
  const serverPid = first.pid()
  const runners = await runnersOf(serverPid)
  await first.close(true)
  expect(await isAlive(serverPid)).toBe(true)

  const second = await machine.corral(file)
  await second.until((now) => now.state === 'ready')
  expect(second.state()).toMatchObject({ pid: serverPid, owner: 'earlier-corral' })
  expect(second.log.lines.some((line) => line.text.includes('Listening on'))).toBe(true)
  await second.server.stop()
  expect(await isAlive(serverPid)).toBe(false)
  expect(await isAlive(runners[0])).toBe(false)
})
