import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Child, type ChildExit } from '../process/child'
import { freePort } from '../process/free-port.testing'
import { listDescendants } from '../process/process-list'
import { endProcess } from '../process/process-tree'
import type { RunningProcess } from '../process/running-process'
import { type Configuration, type Faults, writeConfiguration } from './configuration'
import type { SentRecord } from './engine/sent-records'
import { simulatorPrograms } from './programs'

const bundleFolder = resolve(import.meta.dirname, '../../dist/electron')
const longestStartMs = 30_000
const graceMs = 5000

/** A simulated server for a test: a real child with a folder of its own, which `close` takes away again. */
export class RunningSimulator {
  readonly folder = mkdtempSync(join(tmpdir(), 'corral-simulator-'))
  readonly #logFile = join(this.folder, 'serve.log')
  #child: Child | null = null
  /** The runners it had when it was told to end: a killed server leaves them behind, as the real one does. */
  readonly #runners: RunningProcess[] = []

  private constructor(
    private readonly configuration: Partial<Configuration>,
    private readonly environment: Record<string, string>,
    readonly port: number,
  ) {}

  /** Starts one that answers at once, on a free port; what is given goes over the defaults of tests. */
  static async start(
    configuration: Partial<Configuration> = {},
    environment: Record<string, string> = {},
  ): Promise<RunningSimulator> {
    const simulator = new RunningSimulator(configuration, environment, await freePort())
    try {
      await simulator.start()
    } catch (error) {
      await simulator.close()
      throw error
    }
    return simulator
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get modelsFolder(): string {
    return join(this.folder, 'models')
  }

  get pid(): number {
    return this.#child?.pid ?? -1
  }

  /** All it has said since its first start, both streams. */
  get log(): string {
    return readFileSync(this.#logFile, 'utf8')
  }

  /** Starts it (again, on the same port and models) and waits until it has looked for cards: then it answers. */
  async start(): Promise<void> {
    const configurationFile = join(this.folder, 'configuration.json')
    writeConfiguration(configurationFile, {
      startDelayMs: 0,
      loadSecondsPerGibibyte: 0,
      stateFolder: join(this.folder, 'state'),
      ...this.configuration,
    })
    const log = openSync(this.#logFile, 'a')
    const saidBefore = this.log.length
    this.#child = Child.start(simulatorPrograms(bundleFolder, configurationFile).ollama, ['serve'], {
      environment: {
        HOME: this.folder,
        OLLAMA_HOST: `127.0.0.1:${this.port}`,
        OLLAMA_MODELS: this.modelsFolder,
        ...this.environment,
      },
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    const deadlineMs = performance.now() + longestStartMs
    while (!this.log.slice(saidBefore).includes('inference compute')) {
      if (this.#child.hasExited || performance.now() > deadlineMs) {
        throw new Error(`the simulator did not start: ${this.log.slice(-2000)}`)
      }
      await pause(10)
    }
  }

  async setFaults(faults: Faults): Promise<void> {
    const body = JSON.stringify(faults)
    await (await fetch(`${this.baseUrl}/simulator/faults`, { method: 'POST', body })).text()
  }

  /** What it did to each request, in the order of arrival. */
  async sent(): Promise<SentRecord[]> {
    const { sent } = (await (await fetch(`${this.baseUrl}/simulator/state`)).json()) as { sent: SentRecord[] }
    return sent
  }

  /** Ends the server, as a user or the system would; one that was never there has exited with nothing. */
  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<ChildExit> {
    const child = this.#child
    this.#child = null
    if (!child) return { code: null, signal: null, error: null }
    this.#runners.push(...(await listDescendants(child.pid ?? 0)))
    if (signal === 'SIGTERM') return child.stop(graceMs)
    child.process.kill(signal)
    return child.exited
  }

  async close(): Promise<void> {
    await this.kill()
    for (const runner of this.#runners) await endProcess(runner, graceMs)
    rmSync(this.folder, { recursive: true, force: true })
  }
}
