import type { ChildProcess } from 'node:child_process'
import type { BrowserContext, Page } from '@playwright/test'

/** One of the two hosts, as the tests start it. */
export type HostUnderTest = {
  kind: 'web' | 'desktop'
  /** The host's process, from the moment it lives: a start that fails later leaves it here, to be ended. */
  readonly process: ChildProcess | null
  /** Starts it and opens its page; `prepare` is called before anything of the page is loaded. */
  start(start: HostStart): Promise<Page>
  closePage(): Promise<void>
  /** The text of the file that is saved when the user does this. */
  fileSavedBy(page: Page, act: () => Promise<unknown>): Promise<string>
}

export type HostStart = {
  corralArguments: string[]
  environment: NodeJS.ProcessEnv
  prepare(context: BrowserContext): void
}
