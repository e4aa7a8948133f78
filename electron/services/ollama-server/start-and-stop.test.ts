import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isAlive, load, runnersOf, TestMachine } from './test-machine.testing'

const machine = new TestMachine()

test('a server is found, started with the settings, answers, and is stopped with its runner', async () => {
  const { server, ask, state, pid } = await machine.corral(machine.installOllama())
  expect(state()).toMatchObject({ state: 'stopped', program: { version: '0.32.15' } })
  ask({ parallel: '3' })
  await server.start()
  expect(state()).toMatchObject({
    state: 'ready',
    owner: 'corral',
    version: '0.32.15',
    port: machine.port,
    restartDue: false,
  })
  await load(server)
  const serverPid = pid()
  const runners = await runnersOf(serverPid)
  expect(runners).toHaveLength(1)
  await server.stop()
  expect(state()).toMatchObject({ state: 'stopped' })
  expect(await isAlive(serverPid)).toBe(false)
  expect(await isAlive(runners[0])).toBe(false)
})

test('starting twice starts once', async () => {
  const { server, pid } = await machine.corral(machine.installOllama())
  await Promise.all([server.start(), server.start(), server.start()])
  expect(await runnersOf(process.pid).then((pids) => pids.filter((child) => child === pid()))).toHaveLength(1)
})

test('a stop during the start cancels it', async () => {
  const { server, state, pid } = await machine.corral(machine.installOllama({ startDelayMs: 20_000 }))
  const starting = server.start().catch(() => {})
  await expect.poll(() => pid()).not.toBeNull()
  const serverPid = pid()
  await server.stop()
  await starting
  expect(state().state).toBe('stopped')
  expect(await isAlive(serverPid)).toBe(false)
})

test.each([0, 1, 5, 20, 60, 150])('a stop %i ms after a start or a restart has the last word', async (delayMs) => {
  const { server, state } = await machine.corral(machine.installOllama())
  const starting = server.start().catch(() => {})
  if (delayMs > 0) await pause(delayMs)
  await server.stop()
  await starting
  expect(state()).toMatchObject({ state: 'stopped' })
  expect(server.runsOurs).toBe(false)

  await server.start()
  const restarting = server.restart().catch(() => {})
  if (delayMs > 0) await pause(delayMs)
  await server.stop()
  await restarting
  expect(state()).toMatchObject({ state: 'stopped' })
  expect(server.runsOurs).toBe(false)
})

test('a start after a stop after a start starts', async () => {
  const { server, state } = await machine.corral(machine.installOllama())
  await Promise.all([server.start(), server.stop(), server.start()])
  expect(state().state).toBe('ready')
})

test('a server that cannot start says why', async () => {
  const { server, settings, state } = await machine.corral(machine.installOllama())
  const blocked = join(machine.folder, 'a-file')
  writeFileSync(blocked, '')
  settings.save({ ...settings.saved.current, values: { modelsFolder: join(blocked, 'models') } })
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', exit: { code: 1 }, nextRestartAtMs: null })
  expect(state().exit?.lastLines.join()).toContain('Error: mkdir')
})

test.each([
  ['bind: 以一种访问权限不允许的方式做了一个访问套接字的尝试。', 'port-reserved'],
  ['bind: 通常每个套接字地址(协议/网络地址/端口)只允许使用一次。', 'port-taken'],
])('S2: a port that Windows refuses is told with the next one that can be had: %s', async (words, reason) => {
  const line = `Error: listen tcp 127.0.0.1:${machine.port}: ${words}`
  const { server, state } = await machine.corral(machine.installScript(`echo '${line}' >&2; exit 1`))
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', exit: { code: 1, reason, port: machine.port } })
  expect(state().exit?.freePort).toBeGreaterThan(machine.port)
})

test('S3: a server that crashes in C code says so, and its log has one error', async () => {
  const crash =
    "printf '%s\\n' '/ggml/src/x.cpp:965: fatal error' 'SIGSEGV: segmentation violation' 'PC=0x7f m=12' '' 'goroutine 37 [syscall]:' 'runtime.cgocall(0x1, 0x2)' >&2; exit 2"
  const { server, state, log } = await machine.corral(machine.installScript(crash))
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', exit: { code: 2, reason: 'native-crash' } })
  expect(state().exit?.lastLines[0]).toBe('/ggml/src/x.cpp:965: fatal error')
  expect(log.summary.current.counts.error).toBe(1)
})

test('L28: a server is started in an empty folder of its own', async () => {
  const { server, log } = await machine.corral(machine.installScript('pwd >&2; ls -A >&2; exit 1'))
  await server.start().catch(() => {})
  const [folder, ...inside] = log.lastLines(5)
  expect(folder).toBe(join(machine.folder, 'data', 'server-folder'))
  expect(inside).toEqual([])
})

test('L21: a host that is not of this machine is a bad address, whoever answers in its place', async () => {
  // 192.0.2.1 is of nobody. Here a gateway may answer for it, or nothing comes back at all.
  const { server, settings, state } = await machine.corral(machine.installOllama())
  settings.save({ ...settings.saved.current, host: '192.0.2.1' })
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', exit: { reason: 'bad-address', freePort: null } })
}, 20_000)

test('a start that fails before there is a process says so, and does not stay starting', async () => {
  const { server, state } = await machine.corral(machine.installOllama())
  rmSync(join(machine.folder, 'data', 'logs'), { recursive: true })
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', nextRestartAtMs: null })
  expect(state().exit?.lastLines.join()).toContain('ENOENT')
  mkdirSync(join(machine.folder, 'data', 'logs'))
  await server.start()
  expect(state().state).toBe('ready')
})

test('a host that is none, edited into the file, ends as a server that did not start', async () => {
  const file = machine.installOllama()
  const dataFolder = join(machine.folder, 'data')
  mkdirSync(dataFolder)
  writeFileSync(
    join(dataFolder, 'server-settings.json'),
    JSON.stringify({ real: { host: '1.2.3.4.5', port: machine.port } }),
  )
  const { server, state } = await machine.corral(file)
  expect(state().state).toBe('stopped')
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state().state).toBe('crashed')
})

test('pointing at an Ollama while the simulator runs ends the simulator first', async () => {
  const file = machine.installOllama()
  const { server, state, pid, choice } = await machine.corral(file, { isSimulated: true })
  await server.start()
  const serverPid = pid()
  await expect(choice.pointAt(join(machine.folder, 'none'))).rejects.toThrow('fileNotFound')
  expect(state()).toMatchObject({ state: 'ready', isSimulated: true, pid: serverPid })
  await choice.pointAt(file)
  expect(state()).toMatchObject({ isSimulated: false })
  expect(state().state).not.toBe('ready')
  expect(await isAlive(serverPid)).toBe(false)
})

test('pointing at another Ollama leaves the one that runs as it is', async () => {
  const file = machine.installOllama()
  const { server, state, pid, choice } = await machine.corral(file)
  await server.start()
  const before = pid()
  await choice.pointAt(file)
  expect(state()).toMatchObject({ state: 'ready', owner: 'corral', pid: before })
  expect(server.address.current).not.toBeNull()
})

test('what the server says is in the log, with its levels, redacted', async () => {
  const { server, ask, log } = await machine.corral(machine.installOllama())
  ask({ proxy: 'http://me:secret@proxy:3128' })
  await server.start()
  await expect.poll(() => log.lines.some((line) => line.text.includes('inference compute'))).toBe(true)
  expect(JSON.stringify(log.lines)).not.toContain('secret')
  const listening = await log.find({ search: 'LISTENING', level: 'info', fromNumber: 0, direction: 'here' })
  expect(listening?.matchCount).toBe(1)
})

test('whoever would lose by the end of the server lets go before it', async () => {
  const seen: (number | null)[] = []
  const { server, pid } = await machine.corral(machine.installOllama(), {
    beforeEnd: async () => void seen.push((await isAlive(pid())) ? pid() : null),
  })
  await server.start()
  const serverPid = pid()
  await server.stop()
  expect(seen).toEqual([serverPid])
})
