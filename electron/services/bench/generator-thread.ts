import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FromGenerator, Progress, StageEnd, StageOrder, Target, ToGenerator } from './generator-messages'

const cancelGraceMs = 2000

/** A generator that does not answer a cancel is not waited for; closing ends it. */
const leftBehind: StageEnd = {
  kind: 'stage-end',
  reason: 'cancelled',
  eventLoopUtilization: 0,
  loopDelayP99Ms: 0,
  sleptMs: 0,
}

/** The load generator's thread died by itself. */
export class GeneratorDied extends Error {}

/** The load generator as the service holds it: one thread a run, gone after `close`. */
export class GeneratorThread {
  readonly #worker: Worker
  readonly #ready: Promise<number>
  readonly #exited: Promise<void>
  #onMessage: (message: FromGenerator) => void = () => {}
  #death: Error | null = null

  constructor(bundleFolder: string, target: Target) {
    this.#worker = new Worker(join(bundleFolder, 'services', 'bench', 'load-generator.cjs'), { workerData: target })
    this.#exited = new Promise((resolve) => {
      this.#worker.once('error', (error) => {
        this.#death = error
      })
      this.#worker.once('exit', () => resolve())
    })
    this.#ready = new Promise((resolve) => {
      this.#onMessage = (message) => {
        if (message.kind === 'ready') resolve(message.steadyMs - message.clockMs)
      }
    })
    this.#worker.on('message', (message: FromGenerator) => this.#onMessage(message))
  }

  /** What to add to the generator's times to get those of the clock that all threads share. */
  async steadyOffsetMs(): Promise<number> {
    return await this.#orDie(this.#ready)
  }

  /** Runs one step to its end. A cancelled one ends with what it has, by force if it must. */
  async runStage(order: StageOrder, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<StageEnd> {
    let patience: NodeJS.Timeout | undefined
    let cancel = () => {}
    const ended = new Promise<StageEnd>((resolve) => {
      this.#onMessage = (message) => {
        if (message.kind === 'progress') onProgress(message)
        else if (message.kind === 'stage-end') resolve(message)
      }
      cancel = () => {
        this.#post({ kind: 'cancel' })
        patience = setTimeout(() => resolve(leftBehind), cancelGraceMs)
      }
    })
    this.#post({ kind: 'stage', order })
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await this.#orDie(ended)
    } finally {
      clearTimeout(patience)
      signal.removeEventListener('abort', cancel)
      this.#onMessage = () => {}
    }
  }

  endStage(): void {
    this.#post({ kind: 'end-stage' })
  }

  /** Ends the thread and with it every socket it holds. */
  async close(): Promise<void> {
    await this.#worker.terminate()
    await this.#exited
  }

  #post(message: ToGenerator) {
    this.#worker.postMessage(message)
  }

  async #orDie<T>(answer: Promise<T>): Promise<T> {
    return await Promise.race([
      answer,
      this.#exited.then(() => {
        throw new GeneratorDied(this.#death?.message ?? 'the load generator ended', { cause: this.#death })
      }),
    ])
  }
}
