import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Server } from '../../../shared/contract/server'
import { createLogger } from '../../platform/logger'
import { freePort } from '../../process/free-port.testing'
import { findProcess, listDescendants } from '../../process/process-list'
import { binary } from '../../process/program'
import { askJson } from '../../wire/request'
import { watchInForce } from '../in-force/in-force-watch'
import { Models } from '../models/models'
import { Programs } from '../programs/programs'
import { ServerLog } from '../server-log/server-log'
import { OllamaServer } from './ollama-server'
import { SavedServerSettings } from './server-settings'

const bundle = resolve('dist/electron')
const script = join(bundle, 'simulator', 'ollama.cjs')

let folder: string
let port: number
const closers: (() => unknown)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corral-server-'))
  port = await freePort()
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

/** An `ollama` on disk that runs the simulator, so that it is found and started as a real one would be. */
function installOllama(configuration: object = {}): string {
  const configurationFile = join(folder, 'simulator.json')
  writeFileSync(
    configurationFile,
    JSON.stringify({
      startDelayMs: 20,
      loadSecondsPerGibibyte: 0.01,
      installed: ['llama3.2:3b'],
      stateFolder: join(folder, 'state'),
      ...configuration,
    }),
  )
  mkdirSync(join(folder, 'bin'), { recursive: true })
  const file = join(folder, 'bin', 'ollama')
  writeFileSync(
    file,
    `#!/bin/sh\nexport CORRAL_SIMULATOR='${configurationFile}'\nexec '${process.execPath}' '${script}' "$@"\n`,
  )
  chmodSync(file, 0o755)
  return file
}

async function corral(
  file: string,
  {
    dataFolder = join(folder, 'data'),
    isSimulated = false,
    hasUnfinishedPull = () => false as boolean,
    beforeEnd = async () => {},
  } = {},
) {
  mkdirSync(dataFolder, { recursive: true })
  const nobody = { file: '/nonexistent', leadingArguments: [], environment: {} }
  const simulator = { ollama: isSimulated ? binary(file) : nobody, nvidiaSmi: nobody }
  writeFileSync(join(dataFolder, 'programs.json'), JSON.stringify({ version: 1, pointedAt: file, isSimulated }))
  const programs = new Programs(dataFolder, simulator, false)
  const settings = new SavedServerSettings(dataFolder, isSimulated)
  if ([11434, 11534].includes(settings.saved.current.port)) {
    settings.save({ host: '127.0.0.1', port, values: { modelsFolder: join(folder, 'models') }, extra: [] })
  }
  const log = new ServerLog()
  const server = new OllamaServer({
    dataFolder,
    logsFolder: join(dataFolder, 'logs'),
    programs,
    settings,
    log,
    logger: createLogger(join(dataFolder, 'corral.log')),
    hasUnfinishedPull,
    beforeEnd,
  })
  await server.open()
  let isClosed = false
  const close = async (leaveServer = false) => {
    if (isClosed) return
    isClosed = true
    await server.close({ leaveServer })
  }
  closers.push(() => close())
  // Somebody watches, so that what happens outside is noticed.
  const watching = new AbortController()
  closers.push(() => watching.abort())
  void (async () => {
    for await (const _ of server.state.watch(watching.signal));
  })()
  const until = (holds: (state: Server) => boolean) => server.state.until(holds, AbortSignal.timeout(15_000))
  return { server, settings, log, close, until, state: () => server.state.current }
}

const isAlive = async (pid: number | null | undefined) => pid != null && (await findProcess(pid)) !== null

const load = (baseUrl: string, model = 'llama3.2:3b') => askJson({ baseUrl, path: '/api/generate', body: { model } })

async function runnersOf(pid: number | null): Promise<number[]> {
  return (await listDescendants(pid ?? -1)).map((runner) => runner.pid)
}

test('a server is found, started with the settings, answers, and is stopped with its runner', async () => {
  const { server, settings, state } = await corral(installOllama())
  expect(state()).toMatchObject({ state: 'stopped', program: { version: '0.32.15' } })
  settings.save({ ...settings.saved.current, values: { ...settings.saved.current.values, parallel: '3' } })
  await server.start()
  expect(state()).toMatchObject({ state: 'ready', owner: 'corral', version: '0.32.15', port, restartDue: false })
  await load(server.address.current?.baseUrl ?? '')
  const { pid } = state()
  const runners = await runnersOf(pid)
  expect(runners).toHaveLength(1)
  await server.stop()
  expect(state()).toMatchObject({ state: 'stopped', pid: null })
  expect(await isAlive(pid)).toBe(false)
  expect(await isAlive(runners[0])).toBe(false)
})

test('starting twice starts once', async () => {
  const { server, state } = await corral(installOllama())
  await Promise.all([server.start(), server.start(), server.start()])
  expect(await runnersOf(process.pid).then((pids) => pids.filter((pid) => pid === state().pid))).toHaveLength(1)
})

test('a stop during the start cancels it', async () => {
  const { server, state } = await corral(installOllama({ startDelayMs: 20_000 }))
  const starting = server.start().catch(() => {})
  await expect.poll(() => state().pid).not.toBeNull()
  const { pid } = state()
  await server.stop()
  await starting
  expect(state().state).toBe('stopped')
  expect(await isAlive(pid)).toBe(false)
})

test.each([0, 1, 5, 20, 60, 150])('a stop %i ms after a start or a restart has the last word', async (delayMs) => {
  const { server, state } = await corral(installOllama())
  const starting = server.start().catch(() => {})
  if (delayMs > 0) await pause(delayMs)
  await server.stop()
  await starting
  expect(state()).toMatchObject({ state: 'stopped', pid: null })
  expect(server.runsOurs).toBe(false)

  await server.start()
  const restarting = server.restart().catch(() => {})
  if (delayMs > 0) await pause(delayMs)
  await server.stop()
  await restarting
  expect(state()).toMatchObject({ state: 'stopped', pid: null })
  expect(server.runsOurs).toBe(false)
})

test('a start after a stop after a start starts', async () => {
  const { server, state } = await corral(installOllama())
  await Promise.all([server.start(), server.stop(), server.start()])
  expect(state().state).toBe('ready')
})

test('a server that cannot start says why', async () => {
  const { server, settings, state } = await corral(installOllama())
  const blocked = join(folder, 'a-file')
  writeFileSync(blocked, '')
  settings.save({ ...settings.saved.current, values: { modelsFolder: join(blocked, 'models') } })
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', exit: { code: 1 }, nextRestartAtMs: null })
  expect(state().exit?.lastLines.join()).toContain('Error: mkdir')
})

test('a start that fails before there is a process says so, and does not stay starting', async () => {
  const { server, state } = await corral(installOllama())
  rmSync(join(folder, 'data', 'logs'), { recursive: true })
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state()).toMatchObject({ state: 'crashed', pid: null, nextRestartAtMs: null })
  expect(state().exit?.lastLines.join()).toContain('ENOENT')
  mkdirSync(join(folder, 'data', 'logs'))
  await server.start()
  expect(state().state).toBe('ready')
})

test('a host that is none, edited into the file, ends as a server that did not start', async () => {
  const file = installOllama()
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  writeFileSync(join(dataFolder, 'server-settings.json'), JSON.stringify({ real: { host: '1.2.3.4.5', port } }))
  const { server, state } = await corral(file)
  expect(state().state).toBe('stopped')
  await expect(server.start()).rejects.toThrow('serverDidNotStart')
  expect(state().state).toBe('crashed')
})

test('where nothing can be noted, a killed server comes back all the same', async () => {
  const { server, state, until } = await corral(installOllama())
  await server.start()
  const { pid } = state()
  // A folder in the record's place refuses every write, to root as well.
  rmSync(join(folder, 'data', 'server.json'))
  mkdirSync(join(folder, 'data', 'server.json'))
  process.kill(pid ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  await until((now) => now.state === 'ready')
  await server.stop()
  expect(state()).toMatchObject({ state: 'stopped', pid: null })
})

test('pointing at an Ollama while the simulator runs ends the simulator first', async () => {
  const file = installOllama()
  const { server, state } = await corral(file, { isSimulated: true })
  await server.start()
  const { pid } = state()
  await expect(server.pointAt(join(folder, 'none'))).rejects.toThrow('binaryNotOllama')
  expect(state()).toMatchObject({ state: 'ready', isSimulated: true, pid })
  await server.pointAt(file)
  expect(state()).toMatchObject({ isSimulated: false, pid: null })
  expect(state().state).not.toBe('ready')
  expect(await isAlive(pid)).toBe(false)
})

test('pointing at another Ollama leaves the one that runs as it is', async () => {
  const file = installOllama()
  const { server, state } = await corral(file)
  await server.start()
  const before = state()
  await server.pointAt(file)
  expect(state()).toMatchObject({ state: 'ready', owner: 'corral', pid: before.pid })
  expect(server.address.current).not.toBeNull()
})

test('a server that is killed comes back, and its orphaned runner does not stay', async () => {
  const { server, state, until } = await corral(installOllama())
  await server.start()
  await load(server.address.current?.baseUrl ?? '')
  const { pid } = state()
  const [runner] = await runnersOf(pid)
  await expect
    .poll(() => readFileSync(join(folder, 'data', 'server.json'), 'utf8'), { timeout: 8000 })
    .toContain(`"pid": ${runner}`)
  process.kill(pid ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  expect(state()).toMatchObject({ exit: { signal: 'SIGKILL', reason: 'killed' }, crashCount: 1 })
  expect(await isAlive(runner)).toBe(false)
  await until((now) => now.state === 'ready')
  expect(state().pid).not.toBe(pid)
})

test('a server that is killed right after it loaded a model leaves no runner either', async () => {
  const { server, state, until } = await corral(installOllama())
  await server.start()
  await load(server.address.current?.baseUrl ?? '')
  const [runner] = await runnersOf(state().pid)
  process.kill(state().pid ?? 0, 'SIGKILL')
  await until((now) => now.state === 'crashed')
  expect(runner).toBeDefined()
  expect(await isAlive(runner)).toBe(false)
})

test('a server that keeps crashing is given up after five times', async () => {
  const { server, until, state } = await corral(installOllama({ faults: { crashAfterMs: 400 } }))
  await server.start().catch(() => {})
  await server.state.until((now) => now.gaveUp, AbortSignal.timeout(28_000))
  expect(state()).toMatchObject({
    state: 'crashed',
    exit: { code: 2, reason: 'panic' },
    nextRestartAtMs: null,
    crashCount: 5,
  })
  await until(() => true)
})

test('a server that somebody ends from outside is stopped, not crashed', async () => {
  const { server, state, until } = await corral(installOllama())
  await server.start()
  process.kill(state().pid ?? 0, 'SIGTERM')
  await until((now) => now.state === 'stopped')
  expect(state()).toMatchObject({ exit: { code: 0, reason: 'stopped-by-other' }, nextRestartAtMs: null })
})

test('a server that no longer answers is said to hang, and can be stopped', async () => {
  const { server, state, until } = await corral(installOllama())
  await server.start()
  const { pid } = state()
  process.kill(pid ?? 0, 'SIGSTOP')
  await until((now) => now.state === 'hung')
  process.kill(pid ?? 0, 'SIGCONT')
  await until((now) => now.state === 'ready')
  process.kill(pid ?? 0, 'SIGSTOP')
  await server.stop()
  expect(await isAlive(pid)).toBe(false)
}, 40_000)

async function strangersOllama(file: string): Promise<ChildProcess> {
  const child = spawn(file, ['serve'], {
    env: {
      ...process.env,
      OLLAMA_HOST: `127.0.0.1:${port}`,
      OLLAMA_MODELS: join(folder, 'models'),
      OLLAMA_NUM_PARALLEL: '2',
    },
    stdio: 'ignore',
  })
  closers.push(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/api/version`).then(
          (answer) => answer.ok,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true)
  return child
}

test('a server that already runs is adopted, told apart, and not ours to stop', async () => {
  const file = installOllama()
  const stranger = await strangersOllama(file)
  const { server, state, until } = await corral(file)
  expect(state()).toMatchObject({ state: 'adopted', owner: 'other', pid: stranger.pid, version: '0.32.15' })
  await server.start()
  expect(state().state).toBe('adopted')
  await expect(server.stop()).rejects.toThrow('serverNotOurs')
  expect(stranger.exitCode).toBeNull()
  stranger.kill('SIGTERM')
  await until((now) => now.state === 'stopped')
  expect(server.address.current).toBeNull()
})

test('a foreign program on the port is left alone, and a free port is offered', async () => {
  const foreign = createServer((_, response) => response.end('something else')).listen(port, '127.0.0.1')
  await once(foreign, 'listening')
  closers.push(() => foreign.close())
  const { server, state } = await corral(installOllama())
  expect(state()).toMatchObject({ state: 'foreign', occupant: { pid: process.pid } })
  expect(state().freePort).toBeGreaterThan(port)
  await expect(server.start()).rejects.toThrow('portTaken')
})

test('a program that accepts and never answers holds nothing up', async () => {
  const silent = createSocketServer(() => {}).listen(port, '127.0.0.1')
  await once(silent, 'listening')
  closers.push(() => silent.close())
  const { state } = await corral(installOllama())
  expect(state().state).toBe('foreign')
})

test('a server left running is taken up by the next Corral, which can stop it', async () => {
  const file = installOllama()
  const first = await corral(file)
  await first.server.start()
  await load(first.server.address.current?.baseUrl ?? '')
  const { pid } = first.state()
  const runners = await runnersOf(pid)
  await first.close(true)
  expect(await isAlive(pid)).toBe(true)

  const second = await corral(file)
  await second.until((now) => now.state === 'ready')
  expect(second.state()).toMatchObject({ pid, owner: 'earlier-corral' })
  expect(second.log.lines.some((line) => line.text.includes('Listening on'))).toBe(true)
  await second.server.stop()
  expect(await isAlive(pid)).toBe(false)
  expect(await isAlive(runners[0])).toBe(false)
})

test('how a server of an earlier Corral ended cannot be known, and it is brought back', async () => {
  const file = installOllama()
  const first = await corral(file)
  await first.server.start()
  const { pid } = first.state()
  await first.close(true)
  const second = await corral(file)
  await second.until((now) => now.state === 'ready')
  process.kill(pid ?? 0, 'SIGTERM')
  await second.until((now) => now.state === 'crashed')
  expect(second.state()).toMatchObject({ exit: { code: null, signal: null, reason: 'unseen' }, gaveUp: false })
  await second.until((now) => now.state === 'ready')
  expect(second.state().owner).toBe('corral')
})

test('what the server says is in the log, with its levels, redacted', async () => {
  const { server, settings, log } = await corral(installOllama())
  settings.save({
    ...settings.saved.current,
    values: { ...settings.saved.current.values, proxy: 'http://me:secret@proxy:3128' },
  })
  await server.start()
  await expect.poll(() => log.lines.some((line) => line.text.includes('inference compute'))).toBe(true)
  expect(JSON.stringify(log.lines)).not.toContain('secret')
  const listening = log.find({ search: 'LISTENING', level: 'info', fromNumber: 0, direction: 'here' })
  expect(listening?.matchCount).toBe(1)
})

test('a changed setting makes a restart due, and the restart applies it', async () => {
  const { server, settings, until, state } = await corral(installOllama())
  await server.start()
  settings.save({ ...settings.saved.current, values: { ...settings.saved.current.values, keepAlive: '30m' } })
  await until((now) => now.restartDue)
  await server.restart()
  await until((now) => !now.restartDue)
  expect(state().state).toBe('ready')
  expect(server.applied?.values.keepAlive).toBe('30m')
})

test('an invalid value is not saved, and a loader variable is refused', async () => {
  const { settings } = await corral(installOllama())
  const before = settings.saved.current
  expect(() => settings.save({ ...before, values: { parallel: 'many' } })).toThrow('settingInvalid: parallel')
  expect(() => settings.save({ ...before, extra: [{ name: 'LD_PRELOAD', value: '/tmp/x.so' }] })).toThrow(
    'variableRefused',
  )
  expect(settings.saved.current).toEqual(before)
})

test.runIf(process.platform === 'linux')(
  'a loader variable edited into the file does not reach the server',
  async () => {
    const file = installOllama()
    const dataFolder = join(folder, 'data')
    mkdirSync(dataFolder)
    const extra = [
      { name: 'GGML_BACKEND_PATH', value: '/tmp/x.so' },
      { name: 'LLAMA_ARG_FIT', value: 'on' },
    ]
    const real = { host: '127.0.0.1', port, values: { modelsFolder: join(folder, 'models') }, extra }
    writeFileSync(join(dataFolder, 'server-settings.json'), JSON.stringify({ real }))
    const { server, state } = await corral(file)
    await server.start()
    const environment = readFileSync(`/proc/${state().pid}/environ`, 'utf8')
    expect(environment).toContain('LLAMA_ARG_FIT=on')
    expect(environment).not.toContain('GGML_BACKEND_PATH')
  },
)

test('whoever would lose by the end of the server lets go before it', async () => {
  const seen: (number | null)[] = []
  const { server, state } = await corral(installOllama(), {
    beforeEnd: async () => void seen.push((await isAlive(state().pid)) ? state().pid : null),
  })
  await server.start()
  const { pid } = state()
  await server.stop()
  expect(seen).toEqual([pid])
})

test('a start keeps the partial files of an unfinished pull', async () => {
  const { server, log } = await corral(installOllama(), { hasUnfinishedPull: () => true })
  await server.start()
  await expect.poll(() => log.lines.some((line) => line.text.includes('OLLAMA_NOPRUNE:true'))).toBe(true)
})

async function inForceOf(server: OllamaServer, log: ServerLog) {
  // Ours may answer before its first lines have been read; those of an adopted one are not ours to read.
  const isTold = () =>
    server.state.current.state === 'adopted' || log.lines.some((line) => line.text.includes('server config'))
  await expect.poll(isTold, { timeout: 10_000 }).toBe(true)
  const logger = createLogger(join(folder, 'models.log'))
  const models = new Models({ server: server.address, runners: () => server.runners(), cardMemory: () => [], logger })
  for await (const rows of watchInForce(server, log, models, undefined))
    return new Map(rows.map((row) => [row.variable, row]))
  return new Map()
}

test('an old server forces what it was asked, and the rows say why and how it is known', async () => {
  const { server, settings, log } = await corral(installOllama({ version: '0.5.12', cards: [] }))
  settings.save({
    ...settings.saved.current,
    values: {
      ...settings.saved.current.values,
      flashAttention: '1',
      keyValueType: 'q8_0',
      contextLength: '8192',
      keepAlive: '10m',
    },
  })
  await server.start()
  await load(server.address.current?.baseUrl ?? '')
  await expect.poll(() => log.lines.some((line) => line.text.includes('starting llama server'))).toBe(true)
  const rows = await inForceOf(server, log)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({
    asked: null,
    inForce: '4',
    evidence: 'runner',
    differs: false,
  })
  expect(rows.get('OLLAMA_FLASH_ATTENTION')).toMatchObject({
    asked: '1',
    inForce: '0',
    differs: true,
    reason: 'flashNotSupported',
  })
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject({
    asked: '8192',
    inForce: '2048',
    differs: true,
    reason: 'unknownToVersion',
    evidence: 'runner',
  })
  expect(rows.get('OLLAMA_KEEP_ALIVE')).toMatchObject({
    asked: '10m',
    inForce: '10m0s',
    differs: false,
    evidence: 'config-line',
  })
})

test('with several models loaded, what is in force is that of the last one, under its name', async () => {
  const { server, settings, log } = await corral(installOllama({ installed: ['llama3.2:3b', 'qwen2.5:0.5b'] }))
  settings.save({ ...settings.saved.current, values: { ...settings.saved.current.values, keepAlive: '-1' } })
  await server.start()
  await load(server.address.current?.baseUrl ?? '', 'qwen2.5:0.5b')
  await load(server.address.current?.baseUrl ?? '', 'llama3.2:3b')
  const rows = await inForceOf(server, log)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({ evidence: 'runner', model: 'llama3.2:3b' })
  expect(rows.get('OLLAMA_KEEP_ALIVE')).toMatchObject({ asked: '-1', inForce: '-1', differs: false })
})

test('a new server tells its context in /api/ps and its slots in its runner', async () => {
  const { server, settings, log } = await corral(installOllama())
  settings.save({
    ...settings.saved.current,
    values: { ...settings.saved.current.values, parallel: '4', contextLength: '4096' },
  })
  await server.start()
  await load(server.address.current?.baseUrl ?? '')
  const rows = await inForceOf(server, log)
  expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({
    asked: '4',
    inForce: '4',
    differs: false,
    evidence: 'runner',
  })
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject({ asked: '4096', inForce: '4096', differs: false })
})

test('a context that a request brought along is told, and is no difference', async () => {
  const { server, settings, log } = await corral(installOllama())
  settings.save({ ...settings.saved.current, values: { ...settings.saved.current.values, contextLength: '8192' } })
  await server.start()
  const { baseUrl } = server.address.current ?? {}
  const body = JSON.stringify({ model: 'llama3.2:3b', stream: false, options: { num_ctx: 4096 } })
  await fetch(`${baseUrl}/api/generate`, { method: 'POST', body })
  const rows = await inForceOf(server, log)
  const row = { asked: '8192', inForce: '4096', differs: false, reason: 'contextByRequest' }
  expect(rows.get('OLLAMA_CONTEXT_LENGTH')).toMatchObject(row)
})

test('the settings of an adopted server are read from its process', async () => {
  const file = installOllama()
  await strangersOllama(file)
  const { server, log } = await corral(file)
  const rows = await inForceOf(server, log)
  if (process.platform === 'linux')
    expect(rows.get('OLLAMA_NUM_PARALLEL')).toMatchObject({ inForce: '2', evidence: 'environment' })
})
