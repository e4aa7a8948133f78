import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import type { Host } from './host'

const program = resolve(import.meta.dirname, '../dist/electron/headless.cjs')

/** The web host as a process, and its page in a Chromium. */
export class WebHost implements Host {
  readonly kind = 'web'
  /** The link that the host printed. */
  url = ''

  constructor(private readonly chrome: Browser) {}

  async start(corralArguments: string[], environment: NodeJS.ProcessEnv) {
    const started = await startWebHost(corralArguments, environment)
    this.url = started.url
    const context = await this.chrome.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    const page = await context.newPage()
    await page.goto(this.url)
    return { process: started.process, page, closePage: () => context.close() }
  }

  async fileSavedBy(page: Page, act: () => Promise<unknown>) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()])
    return readFile(await download.path(), 'utf8')
  }
}

/** Starts it and waits for its link. */
export async function startWebHost(corralArguments: string[], environment: NodeJS.ProcessEnv) {
  const host = spawn(process.execPath, [program, '--port', '0', '--no-open', ...corralArguments], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const url = new Promise<string>((resolveUrl) => {
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
  return { process: host, url: await Promise.race([url, ended]) }
}
