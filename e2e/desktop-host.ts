import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { isRoot } from '../build/electron-binary.mjs'
import type { HostStart, HostUnderTest } from './host-under-test'

const root = resolve(import.meta.dirname, '..')

/** The desktop host in a real Electron, and its window. */
export class DesktopHost implements HostUnderTest {
  readonly kind = 'desktop'
  process: ChildProcess | null = null
  #application: ElectronApplication | null = null

  /** `program` is what Electron runs: this project, or a packed app.asar. */
  constructor(
    private readonly electronFile: string,
    private readonly program = root,
  ) {}

  /** Electron's main process, to look into with `evaluate`. */
  get application(): ElectronApplication {
    if (!this.#application) throw new Error('the desktop host has not been started')
    return this.#application
  }

  async start({ corralArguments, environment, prepare }: HostStart) {
    // No executablePath: only an Electron that Playwright finds itself, here the same one, waits until it listens.
    this.#application = await _electron.launch({
      args: [...electronArguments(), this.program, ...corralArguments],
      env: electronEnvironment(this.electronFile, environment),
    })
    this.process = this.#application.process()
    prepare(this.#application.context())
    return this.#application.firstWindow()
  }

  /** The window closes with its host. */
  async closePage() {}

  /** The window asks where to save; here it is told, and the page's export is let through or not as ever. */
  async fileSavedBy(_page: Page, act: () => Promise<unknown>) {
    const file = join(tmpdir(), `corral-saved-${randomUUID()}`)
    await this.application.evaluate(({ session }, path) => {
      const saved = new Promise<string>((resolveState) => {
        session.defaultSession.once('will-download', (_event, item) => {
          item.setSavePath(path)
          item.once('done', (_done, state) => resolveState(state))
        })
      })
      Object.assign(globalThis, { saved })
    }, file)
    await act()
    const state = await this.application.evaluate(() => (globalThis as unknown as { saved: Promise<string> }).saved)
    if (state !== 'completed') throw new Error(`the file was not saved: ${state}`)
    const text = await readFile(file, 'utf8')
    await rm(file)
    return text
  }
}

export const electronArguments = () => (isRoot() ? ['--no-sandbox'] : [])

/** An Electron older than the pinned one comes with a shim, and needs a little more. */
export function electronEnvironment(electronFile: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const folder = dirname(electronFile)
  const isOlder = existsSync(join(folder, 'resources', 'shim.cjs'))
  const given = Object.entries({
    ...environment,
    ...(isOlder && {
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      ELECTRON_ALSO_REQUIRE: join(root, 'e2e/desktop/older-electron.cjs'),
    }),
  })
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
