import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Configuration, Faults } from './configuration'
import { freePort } from './free-port'

/** A simulated server for a test: a real child with a folder of its own, which `close` takes away again. */
export class RunningSimulator {
  readonly folder = mkdtempSync(join(tmpdir(), 'corral-simulator-'))
  #child: ChildProcess | null = null

  private constructor(
    private readonly configuration: Partial<Configuration>,
    private readonly environment: Record<string, string>,
    readonly port: number,
  ) {}

  static async start(
    configuration: Partial<Configuration> = {},
    environment: Record<string, string> = {},
  ): Promise<RunningSimulator> {
    const simulator = new RunningSimulator(configuration, environment, await freePort())
    await simulator.start()
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

  async start(): Promise<void> {
    const file = join(this.folder, 'configuration.json')
    writeFileSync(
      file,
      JSON.stringify({ startDelayMs: 0, loadSecondsPerGibibyte: 0, stateFolder: this.folder, ...this.configuration }),
    )
    this.#child = spawn(process.execPath, [resolve('dist/electron/simulator/ollama.cjs'), 'serve'], {
      env: {
        ...process.env,
        CORRAL_SIMULATOR: file,
        OLLAMA_HOST: `127.0.0.1:${this.port}`,
        OLLAMA_MODELS: this.modelsFolder,
        ...this.environment,
      },
      stdio: 'ignore',
    })
    for (let round = 0; round < 200; round++) {
      const answers = await fetch(`${this.baseUrl}/api/version`).then(
        (answer) => answer.ok,
        () => false,
      )
      if (answers) return
      await pause(25)
    }
    throw new Error('the simulator did not start')
  }

  async setFaults(faults: Faults): Promise<void> {
    await fetch(`${this.baseUrl}/simulator/faults`, { method: 'POST', body: JSON.stringify(faults) })
  }

  async kill(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
