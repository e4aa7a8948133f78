import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Configuration } from '../../configuration'
import type { ServeSettings } from '../manners/serve-settings'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import type { StoredModel } from '../models/model-store'
import { defaultContextOf, tierBytes } from './card-memory'
import { type LoadOptions, readLoadOptions, willDo } from './load-options'
import type { LoadTeller } from './load-teller'
import type { LoadedModel } from './loaded-model'
import type { Loader } from './loader'

/** How long the server waits for the cards to have their memory back after an unload. */
const memoryBackWithinMs = 5000

type Request = {
  model: StoredModel
  options: LoadOptions
  keepAliveMs: number | null
  signal: AbortSignal
  resolve(loaded: LoadedModel): void
  reject(error: Error): void
}

/**
 * Which models are in memory and who may use them. Requests pass one by one through a queue of limited length; the old
 * server sends all through it and loads beside it, the new one only those that need a load, one load at a time.
 */
export class Scheduler {
  readonly loaded: LoadedModel[] = []
  readonly #old: boolean
  readonly #queue: Request[] = []
  /** The request the scheduler is busy with; further ones wait. */
  #inHand: Request | null = null
  #isClosed = false
  #unloaded: (() => void)[] = []
  /** Runners told to end that still hold their memory. */
  readonly #ending = new Set<Promise<unknown>>()

  constructor(
    private readonly configuration: Configuration,
    private readonly settings: ServeSettings,
    private readonly loader: Loader,
    private readonly teller: LoadTeller,
  ) {
    this.#old = isOldStyle(configuration.version)
  }

  get queueLength(): number {
    return this.#queue.length + (this.#inHand ? 1 : 0)
  }

  /** The model in memory, loaded first where it must be. The caller counts as its user until it gives it back. */
  acquire(
    model: StoredModel,
    options: Record<string, unknown>,
    keepAliveMs: number | null,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    return new Promise((resolve, reject) => {
      const request = { model, options: this.#optionsOf(model, options), keepAliveMs, signal, resolve, reject }
      if (!this.#old) {
        const loaded = this.#find(model)
        if (loaded && !loaded.isLoading && this.#isUsable(loaded, request)) return this.#use(loaded, request)
      }
      if (this.#inHand && this.#queue.length >= this.settings.maximumQueue) {
        reject(new ServerError(503, 'server busy, please try again.  maximum pending requests exceeded'))
        return
      }
      this.#queue.push(request)
      this.#next()
    })
  }

  giveBack(loaded: LoadedModel): void {
    loaded.userCount--
    this.teller.givenBack(loaded)
    if (loaded.userCount > 0 || loaded.isGone) return
    loaded.expireLater(() => this.#unload(loaded))
  }

  /** Unloads after the requests it is answering. */
  unload(model: StoredModel): void {
    const loaded = this.#find(model)
    if (!loaded) return
    loaded.stay()
    loaded.keepAliveMs = 0
    loaded.expiresAtMs = Date.now()
    if (loaded.userCount === 0) this.#unload(loaded)
  }

  /** Ends all runners, as SIGTERM does. */
  close(): void {
    this.#isClosed = true
    this.teller.ending(this.loaded)
    for (const loaded of [...this.loaded]) this.#unload(loaded)
  }

  #optionsOf(model: StoredModel, asked: Record<string, unknown>): LoadOptions {
    const { simulated } = model.manifest
    const options = readLoadOptions({ ...simulated.parameters, ...asked }, this.#defaultContext())
    const limit = this.#old ? Number.POSITIVE_INFINITY : simulated.contextLength
    const least = !this.#old && simulated.capabilities.includes('vision') ? 2048 : 4
    return { ...options, contextLength: Math.min(limit, Math.max(least, options.contextLength)) }
  }

  #defaultContext(): number {
    if (this.#old) return 2048
    const cards = this.settings.visibleCards.flatMap((place) => this.configuration.cards[place] ?? [])
    return this.settings.contextLength || defaultContextOf(tierBytes(cards, this.settings.gpuOverheadBytes))
  }

  #find(model: StoredModel): LoadedModel | undefined {
    const weights = model.manifest.layers[0]?.digest
    return this.loaded.find((loaded) => loaded.model.manifest.layers[0]?.digest === weights)
  }

  /** A runner that died is found out here, by whoever asks next. */
  #isUsable(loaded: LoadedModel, request: Request): boolean {
    if (!loaded.isDead) return willDo(loaded.options, request.options)
    this.teller.runnerFoundDead()
    return false
  }

  #use(loaded: LoadedModel, request: Request): void {
    loaded.stay()
    loaded.userCount++
    if (request.keepAliveMs !== null) loaded.keepAliveMs = request.keepAliveMs
    request.resolve(loaded)
  }

  #next(): void {
    if (this.#inHand || this.#isClosed) return
    const request = this.#queue.shift()
    if (!request) return
    this.#inHand = request
    void this.#serve(request)
      .catch((error: Error) => request.reject(error))
      .finally(() => {
        this.#inHand = null
        this.#next()
      })
  }

  async #serve(request: Request): Promise<void> {
    while (!request.signal.aborted && !this.#isClosed) {
      const loaded = this.#find(request.model)
      if (loaded?.isLoading) {
        await new Promise<void>((resolve) => this.#unloaded.push(resolve))
        continue
      }
      if (loaded) {
        if (this.#isUsable(loaded, request)) return this.#use(loaded, request)
        await this.#evict(loaded)
        continue
      }
      if (this.loaded.length >= this.#maximumLoaded) {
        await this.#evict(this.#leastNeeded())
        continue
      }
      await this.#memoryBack()
      const plan = this.loader.plan(request.model, request.options, this.loaded)
      if (plan.mustEvict) {
        await this.#evict(this.#leastNeeded())
        continue
      }
      const loading = this.#load(request, plan)
      if (!this.#old) await loading
      return
    }
    request.reject(new ServerError(499, 'request canceled'))
  }

  async #load(request: Request, plan: ReturnType<Loader['plan']>): Promise<void> {
    let mine: LoadedModel | null = null
    try {
      const loaded = await this.loader.load(
        { ...request, keepAliveMs: request.keepAliveMs ?? this.settings.keepAliveMs },
        plan,
        this.loaded.length,
        (began) => {
          mine = began
          began.userCount = 1
          this.loaded.push(began)
        },
      )
      request.resolve(loaded)
    } catch (error) {
      if (mine) this.#unload(mine)
      request.reject(error as Error)
    } finally {
      this.#tellWaiting()
    }
  }

  get #maximumLoaded(): number {
    return this.settings.maximumLoaded || 3 * Math.max(1, this.settings.visibleCards.length)
  }

  /** An idle one before a busy one, the shortest to be kept first; among equals the old server takes any, the new one by name. */
  #leastNeeded(): LoadedModel {
    const [first] = [...this.loaded].sort(
      (left, right) =>
        Number(left.userCount > 0) - Number(right.userCount > 0) ||
        (left.keepAliveMs === right.keepAliveMs ? 0 : left.keepAliveMs - right.keepAliveMs) ||
        (this.#old || left.model.name === right.model.name ? 0 : left.model.name < right.model.name ? -1 : 1),
    )
    if (!first) throw new Error('nothing to evict')
    return first
  }

  /** Waits for the requests it is answering; meanwhile all who come queue up behind. */
  async #evict(loaded: LoadedModel): Promise<void> {
    loaded.stay()
    loaded.keepAliveMs = 0
    if (loaded.userCount === 0) return this.#unload(loaded)
    while (!loaded.isGone) await new Promise<void>((resolve) => this.#unloaded.push(resolve))
  }

  /** A model is planned only once the runners that made room for it have let go; like the real one, not for ever. */
  async #memoryBack(): Promise<void> {
    if (this.#ending.size === 0) return
    const limit = new AbortController()
    const late = pause(memoryBackWithinMs, undefined, { signal: limit.signal }).catch(() => {})
    await Promise.race([Promise.all(this.#ending), late])
    limit.abort()
  }

  #unload(loaded: LoadedModel): void {
    const { child } = loaded
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit').catch(() => {})
      this.#ending.add(ended)
      void ended.then(() => this.#ending.delete(ended))
    }
    loaded.end()
    const place = this.loaded.indexOf(loaded)
    if (place >= 0) this.loaded.splice(place, 1)
    this.#tellWaiting()
  }

  #tellWaiting(): void {
    const waiting = this.#unloaded
    this.#unloaded = []
    for (const tell of waiting) tell()
  }
}
