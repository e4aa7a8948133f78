import type { ChildProcess } from 'node:child_process'
import type { Page } from '@playwright/test'

export type StartedHost = { process: ChildProcess; page: Page; closePage(): Promise<void> }

/** One of the two hosts, as the tests start it. */
export type Host = {
  kind: 'web' | 'desktop'
  start(corralArguments: string[], environment: NodeJS.ProcessEnv): Promise<StartedHost>
  /** The text of the file that is saved when the user does this. */
  fileSavedBy(page: Page, act: () => Promise<unknown>): Promise<string>
}
