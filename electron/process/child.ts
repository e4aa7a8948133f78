import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { childEnvironment } from './environment'
import { withoutOwnFiles } from './own-files'
import type { Program } from './program'

export type ChildExit = { code: number | null; signal: NodeJS.Signals | null; error: Error | null }

export type ChildOptions = {
  environment?: Record<string, string>
  /** Where it is started; Corral's own folder where nothing is said. */
  folder?: string
  /** Where its output goes; a child that may outlive us needs files, since a closed pipe would kill it. */
  stdio?: StdioOptions
  /** Lives on when we end. */
  mayOutliveUs?: boolean
}

const endedByForceMs = 3000

/** A long-lived child. Its exit is a promise that never rejects; a program that cannot be started exits with an error. */
export class Child {
  readonly exited: Promise<ChildExit>
  #hasExited = false

  private constructor(readonly process: ChildProcess) {
    this.exited = new Promise<ChildExit>((resolve) => {
      process.once('error', (error) => process.pid === undefined && resolve({ code: null, signal: null, error }))
      process.once('exit', (code, signal) => resolve({ code, signal, error: null }))
    }).then((exit) => {
      this.#hasExited = true
      return exit
    })
  }

  static start(program: Program, commandArguments: readonly string[], options: ChildOptions = {}): Child {
    const whole = withoutOwnFiles(program.file, [...program.leadingArguments, ...commandArguments])
    const child = spawn(whole.file, whole.commandArguments, {
      env: childEnvironment({ ...program.environment, ...options.environment }),
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
      detached: options.mayOutliveUs ?? false,
      windowsHide: true,
    })
    if (options.mayOutliveUs) child.unref()
    return new Child(child)
  }

  get pid(): number | null {
    return this.process.pid ?? null
  }

  get hasExited(): boolean {
    return this.#hasExited
  }

  /** Resolves once the system has started it, or failed to. */
  async started(): Promise<void> {
    if (this.process.pid !== undefined) return
    await Promise.race([once(this.process, 'spawn').catch(() => {}), this.exited])
  }

  /** Asks it to end, and ends it by force after `graceMs`. One that a stuck driver holds even then is not waited for. */
  async stop(graceMs: number): Promise<ChildExit> {
    if (this.#hasExited) return this.exited
    this.process.kill('SIGTERM')
    const left = await this.#exitWithin(graceMs)
    if (left) return left
    this.process.kill('SIGKILL')
    return (
      (await this.#exitWithin(endedByForceMs)) ?? { code: null, signal: null, error: new Error('it cannot be ended') }
    )
  }

  async #exitWithin(durationMs: number): Promise<ChildExit | null> {
    const patience = new AbortController()
    const timer = pause(durationMs, null, { signal: patience.signal }).catch(() => null)
    const exit = await Promise.race([this.exited, timer])
    patience.abort()
    return exit
  }
}
