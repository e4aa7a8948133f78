import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import type { Configuration, Faults } from '../electron/simulator/configuration'
import { DesktopHost } from './desktop-host'
import type { HostUnderTest } from './host-under-test'
import { configureSimulator, type Launch, prepareDataFolder } from './launch'
import { processesOf } from './processes'
import { WebHost } from './web-host'

const endsWithinMs = 20_000

const childCommands = { server: /ollama\S* serve$/, runner: / (runner|llama-server) /, 'nvidia-smi': / -lms/ }

/** One Corral with a data folder of its own, for one test. */
export class CorralUnderTest {
  /** Errors that the test provokes in the page on purpose. */
  expectedPageError: RegExp | null = null
  readonly #pageErrors: string[] = []
  #dataFolder = ''
  #serverPort = 0
  #page: Page | null = null

  constructor(
    private readonly launch: Launch,
    readonly host: HostUnderTest,
  ) {}

  get dataFolder(): string {
    return this.#dataFolder
  }

  /** Where the simulated server listens once it is started. */
  get serverPort(): number {
    return this.#serverPort
  }

  get page(): Page {
    if (!this.#page) throw new Error('Corral does not run')
    return this.#page
  }

  /** The pid of the host itself. */
  get pid(): number {
    return this.host.process?.pid ?? 0
  }

  get desktop(): DesktopHost {
    if (this.host instanceof DesktopHost) return this.host
    throw new Error('this test is not on the desktop host')
  }

  get web(): WebHost {
    if (this.host instanceof WebHost) return this.host
    throw new Error('this test is not on the web host')
  }

  /** What every start of this Corral is given. */
  get corralArguments(): string[] {
    return [...((this.launch.isDemo ?? true) ? ['--demo'] : []), '--data', this.#dataFolder]
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.launch.environment }
  }

  /** Starts it; a second time on the same data folder, with a new page. */
  async start(): Promise<Page> {
    if (!this.#dataFolder) {
      const { dataFolder, serverPort } = await prepareDataFolder(this.launch)
      this.#dataFolder = dataFolder
      this.#serverPort = serverPort
    }
    const { corralArguments, environment } = this
    await this.host.closePage()
    this.#page = await this.host.start({ corralArguments, environment, prepare: (page) => this.#listen(page) })
    await expect(this.#page.getByRole('navigation').first()).toBeVisible()
    return this.#page
  }

  /** Asks it to end, as Ctrl-C does, and waits until it has. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Ends it in the hardest way: what it started is left to itself. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Makes the simulated server go wrong, in place of all faults before; one that is just starting is waited for. */
  async setFaults(faults: Faults): Promise<void> {
    const set = { method: 'POST', body: JSON.stringify(faults) }
    await expect(async () => {
      expect((await fetch(`http://127.0.0.1:${this.#serverPort}/simulator/faults`, set)).status).toBe(200)
    }).toPass()
  }

  /** No faults any more: what they held goes on. */
  release(): Promise<void> {
    return this.setFaults({})
  }

  /** What the simulator finds at its next start, over what it was launched with. */
  configureNextServer(simulator: Partial<Configuration>): void {
    configureSimulator(this.#dataFolder, { ...this.launch.simulator, ...simulator })
  }

  /** The text of the file that the page saves when this is done. */
  fileSavedBy(act: () => Promise<unknown>): Promise<string> {
    return this.host.fileSavedBy(this.page, act)
  }

  /** Every living process that belongs to this Corral; only Linux can tell. */
  processes() {
    return processesOf(this.#dataFolder)
  }

  /** kill -9 for one process of this Corral: its server, the runner of a loaded model, or the watch over the cards. */
  killChild(which: keyof typeof childCommands): void {
    test.skip(process.platform !== 'linux', 'only Linux tells which process is which')
    const child = this.processes().find(({ command }) => childCommands[which].test(command))
    if (!child) throw new Error(`no ${which} runs`)
    process.kill(child.pid, 'SIGKILL')
  }

  /** The last helpers of a browser that has ended take a moment. */
  async expectNoProcess(): Promise<void> {
    await expect.poll(() => this.processes(), { message: 'no process is left', timeout: 15_000 }).toEqual([])
  }

  /** After the test, however far its start came: Corral is stopped, no child and no folder is left, the page met no error. */
  async end(): Promise<void> {
    try {
      try {
        await this.host.closePage()
      } finally {
        await this.#end('SIGTERM')
      }
      await this.expectNoProcess()
    } finally {
      for (const { pid } of this.processes()) process.kill(pid, 'SIGKILL')
      if (this.#dataFolder) rmSync(this.#dataFolder, { recursive: true, force: true })
    }
    const errors = this.#pageErrors.filter((error) => !this.expectedPageError?.test(error))
    expect(errors, 'the page met no error').toEqual([])
  }

  #listen(page: BrowserContext) {
    page.on('weberror', (error) => this.#pageErrors.push(String(error.error())))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.#pageErrors.push(message.text())
    })
  }

  async #end(signal: NodeJS.Signals) {
    const host = this.host.process
    if (!host || host.exitCode !== null || host.signalCode !== null) return
    const ended = once(host, 'exit')
    host.kill(signal)
    let wasForced = false
    const timer = setTimeout(() => {
      wasForced = signal !== 'SIGKILL'
      host.kill('SIGKILL')
    }, endsWithinMs)
    await ended
    clearTimeout(timer)
    if (wasForced) throw new Error(`Corral did not end within ${endsWithinMs / 1000} s`)
  }
}
