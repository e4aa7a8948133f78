import type { ChildProcess } from 'node:child_process'
import type { Engine } from '../../engine/engine'
import { PromptCache } from '../../engine/prompt-cache'
import type { StoredModel } from '../models/model-store'
import type { LoadOptions } from './load-options'
import type { LoadStory } from './load-story'
import type { Placement } from './placement'
import { Slots } from './slots'

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
  /** Whether the old server has told of its tokens, as it does once, after its first answer. */
  hasCountedTokens = false
  #timer: NodeJS.Timeout | null = null

  readonly slots: Slots
  readonly cache: PromptCache
  readonly #onDeath = new Set<() => void>()

  constructor(
    readonly story: LoadStory,
    readonly child: ChildProcess,
    readonly engine: Engine,
    public keepAliveMs: number,
  ) {
    this.slots = new Slots(story.plan.parallel)
    this.cache = new PromptCache(story.plan.parallel)
    this.expiresAtMs = Date.now() + keepAliveMs
    child.once('exit', () => {
      this.isDead = true
      for (const tell of this.#onDeath) tell()
    })
    child.once('error', () => {
      this.isDead = true
    })
  }

  get model(): StoredModel {
    return this.story.model
  }

  get options(): LoadOptions {
    return this.story.options
  }

  get placement(): Placement {
    return this.story.plan.placement
  }

  /** Calls when the runner dies; the answer takes the call back. */
  onDeath(tell: () => void): () => void {
    this.#onDeath.add(tell)
    return () => this.#onDeath.delete(tell)
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
    this.kill()
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }
}
