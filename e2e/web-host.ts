import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import type { HostStart, HostUnderTest } from './host-under-test'

const program = resolve(import.meta.dirname, '../dist/electron/headless.cjs')

/** The web host as a process, and its page in a Chromium. */
export class WebHost implements HostUnderTest {
  readonly kind = 'web'
  /** The link that the host printed. */
  url = ''
  process: ChildProcess | null = null
  #context: BrowserContext | null = null

  constructor(private readonly chrome: Browser) {}

  async start({ corralArguments, environment, prepare }: HostStart) {
    const started = startWebHost(corralArguments, environment)
    this.process = started.process
    this.url = await started.url
    this.#context = await this.chrome.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    prepare(this.#context)
    const page = await this.#context.newPage()
    await page.goto(this.url)
    return page
  }

  async closePage() {
    await this.#context?.close()
    this.#context = null
  }

  async fileSavedBy(page: Page, act: () => Promise<unknown>) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()])
    return readFile(await download.path(), 'utf8')
  }
}

/** Starts it; the link comes when it is ready. */
export function startWebHost(corralArguments: string[], environment: NodeJS.ProcessEnv) {
  const host = spawn(process.execPath, [program, '--port', '0', '--no-open', ...corralArguments], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ready = new Promise<string>((resolveUrl) => {
    const read = (chunk: Buffer) => {
      said += chunk
      const found = /ready at (\S+)/.exec(said)?.[1]
      if (found) resolveUrl(found)
    }
    host.stdout.on('data', read)
    host.stderr.on('data', read)
  })
  const ended = once(host, 'exit').then(([code]) => {
    throw new Error(`the web host ended with ${code}: ${said}`)
  })
  return { process: host, url: Promise.race([ready, ended]) }
}
