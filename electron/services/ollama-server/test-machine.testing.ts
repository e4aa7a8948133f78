import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { Server } from '../../../shared/contract/server'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { runningServer } from '../../../shared/ollama/server-powers'
import { createLogger } from '../../platform/logger'
import { redact } from '../../platform/redact'
import { Redactor } from '../../platform/redactor'
import { Watched } from '../../platform/watched'
import { freePort } from '../../process/free-port.testing'
import { findProcess, listDescendants } from '../../process/process-list'
import { binary } from '../../process/program'
import { askJson } from '../../wire/ask'
import { LeftQuestions } from '../../wire/left-questions'
import type { ServerAddress } from '../../wire/server-address'
import { Programs } from '../programs/programs'
import { ServerLog } from '../server-log/server-log'
import { ServerOutput } from '../server-log/server-output'
import { OllamaServer } from './ollama-server'
import { ProgramChoice } from './program-choice'
import { Runners } from './runners'
import { SavedServerSettings } from './server-settings'

const script = resolve('dist/electron/simulator/ollama.cjs')

type Options = {
  dataFolder?: string
  isSimulated?: boolean
  hasUnfinishedPull?: () => boolean
  beforeEnd?: () => Promise<void>
}

/** A folder, a port and an Ollama of its own for each test of a file; whatever a test starts has ended after it. */
export class TestMachine {
  folder = ''
  port = 0
  readonly #closers: (() => unknown)[] = []

  constructor() {
    beforeEach(async () => {
      this.folder = mkdtempSync(join(tmpdir(), 'corral-server-'))
      this.port = await freePort()
    })
    afterEach(async () => {
      for (const close of this.#closers.splice(0).reverse()) await close()
      rmSync(this.folder, { recursive: true, force: true })
    })
  }

  onEnd(close: () => unknown): void {
    this.#closers.push(close)
  }

  /** An `ollama` on disk that runs the simulator, so that it is found and started as a real one would be. */
  installOllama(configuration: object = {}): string {
    const configurationFile = join(this.folder, 'simulator.json')
    writeFileSync(
      configurationFile,
      JSON.stringify({
        startDelayMs: 20,
        loadSecondsPerGibibyte: 0.01,
        installed: ['llama3.2:3b'],
        stateFolder: join(this.folder, 'state'),
        ...configuration,
      }),
    )
    mkdirSync(join(this.folder, 'bin'), { recursive: true })
    const file = join(this.folder, 'bin', 'ollama')
    writeFileSync(
      file,
      `#!/bin/sh\nexport CORRAL_SIMULATOR='${configurationFile}'\nexec '${process.execPath}' '${script}' "$@"\n`,
    )
    chmodSync(file, 0o755)
    return file
  }

  /** An `ollama` that tells its version, and to start does what this line of shell says. */
  installScript(serve: string): string {
    mkdirSync(join(this.folder, 'bin'), { recursive: true })
    const file = join(this.folder, 'bin', 'ollama')
    writeFileSync(file, `#!/bin/sh\nif [ "$1" = serve ]; then\n${serve}\nfi\necho 'ollama version is 0.32.15'\n`)
    chmodSync(file, 0o755)
    return file
  }

  /** A Corral as far as the server goes, watched as by an open page. */
  async corral(file: string, options: Options = {}) {
    const { dataFolder = join(this.folder, 'data'), isSimulated = false } = options
    mkdirSync(dataFolder, { recursive: true })
    const nobody = { file: '/nonexistent', leadingArguments: [], environment: {} }
    const simulator = { ollama: isSimulated ? binary(file) : nobody, nvidiaSmi: nobody }
    writeFileSync(join(dataFolder, 'programs.json'), JSON.stringify({ version: 1, pointedAt: file, isSimulated }))
    const logger = createLogger(join(dataFolder, 'corral.log'), redact)
    const programs = new Programs(dataFolder, simulator, false, logger)
    const settings = new SavedServerSettings(dataFolder, isSimulated, logger)
    if ([11434, 11534].includes(settings.saved.current.port)) {
      const values = { modelsFolder: join(this.folder, 'models') }
      settings.save({ host: '127.0.0.1', port: this.port, values, extra: [] })
    }
    const log = new ServerLog(redact)
    const left = new LeftQuestions()
    let looks = 0
    const runners = new Runners((pid) => {
      looks += 1
      return listDescendants(pid)
    })
    const server: OllamaServer = new OllamaServer({
      dataFolder,
      programs,
      settings,
      log,
      output: new ServerOutput(join(dataFolder, 'logs'), log, new Redactor(), left),
      onLeft: (path) => left.note(path),
      logger,
      address: new Watched<ServerAddress>(null),
      applied: new Watched<ServerSettings | null>(null),
      runners,
      askLoaded: () => askLoaded(server),
      hasUnfinishedPull: options.hasUnfinishedPull ?? (() => false),
      beforeEnd: options.beforeEnd ?? (async () => {}),
    })
    await server.open()
    let isClosed = false
    const close = async (leaveServer = false) => {
      if (isClosed) return
      isClosed = true
      await server.close({ leaveServer })
    }
    this.onEnd(() => close())
    // Somebody watches, so that what happens outside is noticed.
    const watching = new AbortController()
    this.onEnd(() => watching.abort())
    void (async () => {
      for await (const _ of server.state.watch(watching.signal));
    })()
    const until = (holds: (state: Server) => boolean) => server.state.until(holds, AbortSignal.timeout(15_000))
    /** Changes some of the saved values. */
    const ask = (values: Record<string, string>) => {
      const saved = settings.saved.current
      settings.save({ ...saved, values: { ...saved.values, ...values } })
    }
    const choice = new ProgramChoice({ programs, server })
    const pid = () => runningServer(server.state.current)?.pid ?? null
    return {
      server,
      choice,
      runners,
      looks: () => looks,
      pid,
      settings,
      ask,
      log,
      close,
      until,
      state: () => server.state.current,
    }
  }

  /** An Ollama on the same port that somebody else has started. */
  async strangersOllama(file: string): Promise<ChildProcess> {
    const child = spawn(file, ['serve'], {
      env: {
        ...process.env,
        OLLAMA_HOST: `127.0.0.1:${this.port}`,
        OLLAMA_MODELS: join(this.folder, 'models'),
        OLLAMA_NUM_PARALLEL: '2',
      },
      stdio: 'ignore',
    })
    this.onEnd(async () => {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    })
    const answers = () =>
      fetch(`http://127.0.0.1:${this.port}/api/version`).then(
        ({ ok }) => ok,
        () => false,
      )
    await expect.poll(answers, { timeout: 10_000 }).toBe(true)
    return child
  }
}

export const isAlive = async (pid: number | null | undefined) => pid != null && (await findProcess(pid)) !== null

export const load = (server: OllamaServer, model = 'llama3.2:3b') =>
  askJson({ baseUrl: server.address.current?.baseUrl ?? '', path: '/api/generate', body: { model } })

type Ps = { models: { name: string; context_length?: number }[] }

async function askLoaded(server: OllamaServer) {
  const ps = await askJson({ baseUrl: server.address.current?.baseUrl ?? '', path: '/api/ps' })
  return (ps as Ps).models.map(({ name, context_length }) => ({ name, contextLength: context_length ?? null }))
}

export async function runnersOf(pid: number | null): Promise<number[]> {
  return (await listDescendants(pid ?? -1)).map((runner) => runner.pid)
}
