import type { ChildProcess } from 'node:child_process'
import { cpus } from 'node:os'
import { type Configuration, isOldStyle } from './configuration'
import { Engine } from './engine'
import { goBytes } from './go-values'
import type { Log } from './log'
import { type MachineState, writeMachineState } from './machine-state'
import { decodeRate, keyValueBytes, type Placement, place, prefillRate } from './memory'
import type { ModelStore, StoredModel } from './model-store'
import { runnerArguments, runnerName, startRunner } from './runner'
import type { ServeSettings } from './serve-settings'

export class ServerError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

export type Loaded = {
  model: StoredModel
  contextLength: number
  parallel: number
  placement: Placement
  engine: Engine
  child: ChildProcess
  isDead: boolean
  keepAliveMs: number
  expiresAtMs: number
  users: number
  waiting: (() => void)[]
  unloadTimer: NodeJS.Timeout | null
  loadMs: number
}

const busyEveryMs = 250

/** Which models are in memory, who may use them, and who waits: one load at a time, as many users as there are slots. */
export class Scheduler {
  readonly loaded: Loaded[] = []
  #pending = 0
  #turn: Promise<unknown> = Promise.resolve()
  readonly #report: NodeJS.Timeout
  #reportedAtMs = performance.now()

  constructor(
    private readonly configuration: Configuration,
    private readonly settings: ServeSettings,
    private readonly store: ModelStore,
    private readonly log: Log,
  ) {
    this.#report = setInterval(() => this.report(), busyEveryMs)
    this.report()
  }

  /** A place on a loaded model; loads it first when it must. Give it back with `release`. */
  async acquire(
    model: StoredModel,
    options: Record<string, unknown>,
    keepAliveMs: number | null,
    isGone: () => boolean,
    onReady = () => {},
  ): Promise<Loaded> {
    const wanted = this.#contextOf(model, options)
    let loaded = this.#usable(model, wanted)
    if (!loaded) {
      if (this.#pending > this.settings.maximumQueue) {
        throw new ServerError(503, 'server busy, please try again.  maximum pending requests exceeded')
      }
      this.#pending++
      const turn = this.#turn.then(() => this.#usable(model, wanted) ?? this.#load(model, wanted))
      this.#turn = turn.catch(() => {})
      try {
        loaded = await turn
      } finally {
        this.#pending--
      }
    }
    if (isGone()) throw new ServerError(499, 'request canceled')
    loaded.keepAliveMs = keepAliveMs ?? this.settings.keepAliveMs
    if (loaded.unloadTimer) clearTimeout(loaded.unloadTimer)
    loaded.unloadTimer = null
    const mine = loaded
    onReady() // what follows is the wait for a slot, which no duration but the total counts
    if (mine.users >= mine.parallel) await new Promise<void>((resolve) => mine.waiting.push(resolve))
    mine.users++
    return mine
  }

  release(loaded: Loaded): void {
    loaded.users--
    loaded.waiting.shift()?.()
    if (loaded.users === 0) this.#expireLater(loaded)
  }

  /** Unloads after the requests it is answering. */
  unload(model: StoredModel): void {
    const loaded = this.loaded.find((candidate) => candidate.model.digest === model.digest)
    if (!loaded) return
    loaded.keepAliveMs = 0
    if (loaded.users === 0) this.#end(loaded)
  }

  report(): void {
    const nowMs = performance.now()
    const elapsedMs = Math.max(1, nowMs - this.#reportedAtMs)
    this.#reportedAtMs = nowMs
    const busy = this.configuration.cards.map(() => 0)
    for (const loaded of this.loaded) {
      const share = loaded.engine.takeBusyMs(nowMs) / elapsedMs
      const total = loaded.placement.cardBytes.reduce((sum, bytes) => sum + bytes, 0) || 1
      loaded.placement.cardBytes.forEach((bytes, index) => {
        // Layers lie one behind the other: each card works for its part of every token, prefills overlap a little.
        busy[index] =
          (busy[index] ?? 0) + Math.min(1, share * Math.min(1, (bytes / total) * 1.15 + (bytes > 0 ? 0.3 : 0)))
      })
    }
    const state: MachineState = {
      serverPid: process.pid,
      cards: busy.map((share) => ({ busyShare: Math.min(1, share) })),
      processes: this.loaded.flatMap(({ child, placement }) =>
        child.pid === undefined
          ? []
          : [
              {
                pid: child.pid,
                name: `/usr/local/lib/ollama/${runnerName(this.configuration.version)}`,
                cardBytes: placement.cardBytes,
              },
            ],
      ),
      fault: this.configuration.faults.nvidiaSmi ?? null,
    }
    writeMachineState(this.configuration.stateFolder, state)
  }

  /** Ends all runners, as SIGTERM does. */
  close(): void {
    clearInterval(this.#report)
    for (const loaded of [...this.loaded]) this.#end(loaded)
    this.report()
  }

  #contextOf(model: StoredModel, options: Record<string, unknown>): number {
    const asked = Number(options.num_ctx) || this.settings.contextLength || this.#defaultContext(model)
    return Math.max(
      4,
      isOldStyle(this.configuration.version) ? asked : Math.min(asked, model.manifest.simulated.contextLength),
    )
  }

  /** By graphics memory, and lowered as long as the model would not fit with it. */
  #defaultContext(model: StoredModel) {
    if (isOldStyle(this.configuration.version)) return 2048
    const { cards } = this.configuration
    const gibibytes = cards.reduce((sum, card) => sum + card.memoryMebibytes, 0) / 1024
    const tier = gibibytes >= 47 ? 262_144 : gibibytes >= 23 ? 32_768 : 4096
    const free = cards.map((card) => (card.memoryMebibytes - 760) * 2 ** 20)
    const fits = (contextLength: number) => {
      const context = Math.min(contextLength, model.manifest.simulated.contextLength)
      const keyValue = keyValueBytes(model.manifest.simulated, context, this.settings.parallel, this.#keyValueType())
      return place(model.manifest.simulated, keyValue, cards, free, false).hostBytes === 0
    }
    return [262_144, 32_768].find((contextLength) => contextLength <= tier && fits(contextLength)) ?? 4096
  }

  #keyValueType() {
    return this.settings.flashAttention === true ? this.settings.keyValueType : ''
  }

  #usable(model: StoredModel, contextLength: number): Loaded | undefined {
    return this.loaded.find(
      (loaded) => !loaded.isDead && loaded.model.digest === model.digest && loaded.contextLength === contextLength,
    )
  }

  async #load(model: StoredModel, contextLength: number): Promise<Loaded> {
    const same = this.loaded.find((loaded) => loaded.model.digest === model.digest)
    if (same) await this.#evict(same)
    while (this.loaded.length >= this.settings.maximumLoaded) await this.#evict(this.#leastNeeded())
    let placement = this.#place(model, contextLength, this.settings.parallel)
    while (placement.hostBytes > 0 && this.loaded.length > 0) {
      await this.#evict(this.#leastNeeded())
      placement = this.#place(model, contextLength, this.settings.parallel)
    }
    let { parallel } = this.settings
    if (this.settings.isParallelAuto && placement.hostBytes > 0 && this.configuration.cards.length > 0) {
      parallel = 1
      placement = this.#place(model, contextLength, 1)
    }
    if (this.configuration.faults.loadError) throw new ServerError(500, this.configuration.faults.loadError)
    return this.#start(model, contextLength, parallel, placement)
  }

  async #start(model: StoredModel, contextLength: number, parallel: number, placement: Placement): Promise<Loaded> {
    const { version, cards } = this.configuration
    const simulated = model.manifest.simulated
    const old = isOldStyle(version)
    const isOnGpu = placement.cardBytes.some((bytes) => bytes > 0)
    const wantsFlash = this.settings.flashAttention === true
    const commandArguments = runnerArguments({
      version,
      blobFile: this.store.blobFile(model.manifest.layers[0]?.digest ?? ''),
      contextLength,
      parallel,
      threads: Math.max(1, Math.floor(cpus().length / 2)),
      layers: simulated.blockCount + 1,
      isOnGpu,
      flashAttention: wantsFlash && (isOnGpu || !old),
      keyValueType: this.settings.keyValueType,
      port: 40_000 + Math.floor(Math.random() * 20_000),
    })
    this.#logLoad(model, placement, parallel, commandArguments, wantsFlash && !isOnGpu)
    const child = startRunner(commandArguments, version)
    const startedAtMs = performance.now()
    const loadMs = (simulated.sizeBytes / 2 ** 30) * this.configuration.loadSecondsPerGibibyte * 1000
    const loaded: Loaded = {
      model,
      contextLength,
      parallel,
      placement,
      child,
      isDead: false,
      engine: new Engine({
        prefillTokensPerSecond: this.configuration.prefillTokensPerSecond ?? prefillRate(simulated, isOnGpu),
        decodeTokensPerSecond: this.configuration.decodeTokensPerSecond ?? decodeRate(simulated, placement, cards),
        batchOverhead: this.configuration.batchOverhead,
      }),
      keepAliveMs: this.settings.keepAliveMs,
      expiresAtMs: Date.now() + this.settings.keepAliveMs,
      users: 0,
      waiting: [],
      unloadTimer: null,
      loadMs,
    }
    child.once('exit', () => {
      loaded.isDead = true
      this.report()
    })
    this.loaded.push(loaded)
    this.report()
    await new Promise((resolve) => setTimeout(resolve, Math.max(30, loadMs)))
    if (loaded.isDead) {
      this.#end(loaded)
      throw new ServerError(
        500,
        old
          ? 'llama runner process has terminated: signal: killed'
          : 'llama-server process has terminated: signal: killed',
      )
    }
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(2)
    if (old) this.log.info('server.go:596', `llama runner started in ${seconds} seconds`)
    else this.log.info('llama_server.go:1389', `llama-server started in ${seconds} seconds`)
    return loaded
  }

  #logLoad(
    model: StoredModel,
    placement: Placement,
    parallel: number,
    commandArguments: string[],
    flashRefused: boolean,
  ) {
    const { version } = this.configuration
    const blob = this.store.blobFile(model.manifest.layers[0]?.digest ?? '')
    const layers = model.manifest.simulated.blockCount + 1
    const onCards = placement.cardBytes.reduce((sum, bytes) => sum + bytes, 0)
    const total = onCards + placement.hostBytes
    const offloaded = Math.round((layers * onCards) / Math.max(1, total))
    if (isOldStyle(version)) {
      if (placement.hostBytes === 0) {
        this.log.info('sched.go:731', 'new model will fit in available VRAM, loading', {
          model: blob,
          library: 'cuda',
          parallel,
          required: goBytes(onCards),
        })
      }
      this.log.info('server.go:97', 'system memory', { total: '125.6 GiB', free: '121.0 GiB', free_swap: '0 B' })
      this.log.info('server.go:130', 'offload', {
        library: onCards > 0 ? 'cuda' : 'cpu',
        'layers.requested': -1,
        'layers.model': layers,
        'layers.offload': offloaded,
        'memory.required.full': goBytes(total),
        'memory.required.kv': goBytes(placement.keyValueBytes),
      })
      if (flashRefused) this.log.warn('server.go:205', 'flash attention enabled but not supported by gpu')
      if (this.settings.keyValueType && this.settings.flashAttention !== true) {
        this.log.warn('server.go:225', 'quantized kv cache requested but flash attention disabled', {
          type: this.settings.keyValueType,
        })
      }
      this.log.info('server.go:380', 'starting llama server', {
        cmd: `/usr/local/bin/ollama ${commandArguments.join(' ')}`,
      })
      this.log.info('sched.go:450', 'loaded runners', { count: this.loaded.length + 1 })
      this.log.info('server.go:557', 'waiting for llama runner to start responding')
      this.log.info('server.go:591', 'waiting for server to become available', { status: 'llm server error' })
    } else {
      this.log.info('server.go:109', 'using llama-server for model', { model: blob })
      this.log.info('llama_server.go:433', 'starting llama-server', {
        cmd: `/usr/local/lib/ollama/llama-server ${commandArguments.join(' ')}`,
      })
      this.log.info('sched.go:613', 'system memory', { total: '125.6 GiB', free: '121.0 GiB', free_swap: '0 B' })
      this.log.info('llama_server.go:1048', 'loading model via llama-server', { model: blob })
      this.log.info('llama_server.go:1295', 'waiting for llama-server to start responding')
      this.log.info('llama_server.go:1350', 'waiting for llama-server to become available', {
        status: 'llm server not responding',
      })
    }
    this.log.bare(`load_tensors: offloaded ${offloaded}/${layers} layers to GPU`)
    placement.cardBytes.forEach((bytes, index) => {
      if (bytes > 0)
        this.log.bare(`load_tensors:        CUDA${index} model buffer size = ${(bytes / 2 ** 20).toFixed(2)} MiB`)
    })
  }

  #place(model: StoredModel, contextLength: number, parallel: number): Placement {
    const { cards } = this.configuration
    const free = cards.map((card, index) => {
      const taken = this.loaded.reduce((sum, loaded) => sum + (loaded.placement.cardBytes[index] ?? 0), 0)
      return Math.max(0, card.memoryMebibytes * 2 ** 20 - 760 * 2 ** 20 - taken - this.settings.gpuOverheadBytes)
    })
    return place(
      model.manifest.simulated,
      keyValueBytes(model.manifest.simulated, contextLength, parallel, this.#keyValueType()),
      cards,
      free,
      this.settings.spreads,
    )
  }

  #leastNeeded(): Loaded {
    const idleFirst = [...this.loaded].sort(
      (left, right) => left.users - right.users || left.keepAliveMs - right.keepAliveMs,
    )
    const [first] = idleFirst
    if (!first) throw new Error('nothing to evict')
    return first
  }

  async #evict(loaded: Loaded) {
    while (loaded.users > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    this.#end(loaded)
  }

  #expireLater(loaded: Loaded) {
    if (loaded.keepAliveMs === 0) return this.#end(loaded)
    loaded.expiresAtMs = Date.now() + loaded.keepAliveMs
    if (!Number.isFinite(loaded.keepAliveMs)) return
    if (loaded.unloadTimer) clearTimeout(loaded.unloadTimer)
    loaded.unloadTimer = setTimeout(() => this.#end(loaded), Math.min(loaded.keepAliveMs, 2 ** 31 - 1))
  }

  #end(loaded: Loaded) {
    if (loaded.unloadTimer) clearTimeout(loaded.unloadTimer)
    loaded.engine.close()
    loaded.child.kill('SIGKILL')
    const place = this.loaded.indexOf(loaded)
    if (place >= 0) this.loaded.splice(place, 1)
    this.report()
  }
}
