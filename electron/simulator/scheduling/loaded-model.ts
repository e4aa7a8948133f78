import type { ChildProcess } from 'node:child_process'
import type { Engine } from '../engine/engine'
import type { PromptCache } from '../engine/prompt-cache'
import type { StoredModel } from '../models/model-store'
import type { LoadOptions } from './load-options'
import type { Placement } from './placement'
import type { Slots } from './slots'

/** A model in memory with its runner. */
export class LoadedModel {
  /** Requests that use it, those that wait for a slot counted. */
  userCount = 0
  isLoading = true
  /** Its runner has died and nobody has asked for it since. */
  isDead = false
  isGone = false
  expiresAtMs: number
  /** The number llama-server gives to its next answer. */
  nextTask = 0
  /** What the log says at its first answer, and then no more. */
  firstAnswerLines: readonly string[] = []
  #timer: NodeJS.Timeout | null = null
  readonly #onDeath = new Set<() => void>()

  constructor(
    readonly model: StoredModel,
    readonly options: LoadOptions,
    readonly placement: Placement,
    readonly sizeBytes: number,
    readonly vramBytes: number,
    readonly slots: Slots,
    readonly engine: Engine,
    readonly cache: PromptCache,
    readonly child: ChildProcess,
    public keepAliveMs: number,
  ) {
    this.expiresAtMs = Date.now() + keepAliveMs
    child.once('exit', () => {
      this.isDead = true
      for (const tell of this.#onDeath) tell()
    })
    child.once('error', () => {
      this.isDead = true
    })
  }

  /** Calls when the runner dies; the answer takes the call back. */
  onDeath(tell: () => void): () => void {
    this.#onDeath.add(tell)
    return () => this.#onDeath.delete(tell)
  }

  takeFirstAnswerLines(): readonly string[] {
    const lines = this.firstAnswerLines
    this.firstAnswerLines = []
    return lines
  }

  /** Unloads after the time to keep it, from now on. */
  expireLater(unload: () => void): void {
    this.stay()
    this.expiresAtMs = Date.now() + this.keepAliveMs
    if (this.keepAliveMs <= 0) unload()
    else if (Number.isFinite(this.keepAliveMs)) {
      this.#timer = setTimeout(unload, Math.min(this.keepAliveMs, 2 ** 31 - 1))
    }
  }

  stay(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  end(): void {
    this.stay()
    this.isGone = true
    this.engine.close()
    this.child.kill('SIGKILL')
  }
}
