import { setTimeout as pause } from 'node:timers/promises'
import type { Pull } from '../../../shared/contract/pulls'
import { Failure } from '../../../shared/failure'
import { isLocalRegistry, listedName, parseModelName } from '../../../shared/ollama/model-name'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { Watched } from '../../platform/watched'
import type { OllamaRecord } from '../ollama-client/records'
import { streamRecords } from '../ollama-client/request'
import type { ServerAddress } from '../ollama-client/server-address'
import { failureOfPull } from './pull-failure'
import { PullStore } from './pull-store'
import { TransferRate } from './transfer-rate'

const stalledAfterMs = 10_000
const tellEveryMs = 200
const storeEveryMs = 1000

type Needs = {
  server: Watched<ServerAddress>
  database: Database
  logger: Logger
  /** A model has arrived. */
  onPulled: (model: string) => void
}

/** The pull queue: one at a time, kept on disk, going on where it stopped. */
export class Pulls {
  readonly state: Watched<Pull[]>
  readonly #store: PullStore
  readonly #closing = new AbortController()
  #running: { model: string; stop: AbortController } | null = null
  #loop: Promise<void> = Promise.resolve()

  constructor(private readonly needs: Needs) {
    this.#store = new PullStore(needs.database)
    const list = this.#store.list().map(
      // What was under way when the last host ended is not under way now.
      (pull): Pull =>
        ['running', 'stalled', 'verifying', 'waiting'].includes(pull.state) ? { ...pull, state: 'stopped' } : pull,
    )
    for (const pull of list) this.#store.write(pull)
    this.state = new Watched(list)
  }

  open(): void {
    this.#loop = this.#keepPulling().catch((error: unknown) => this.needs.logger.error('the pull queue failed', error))
  }

  /** Whether partial files lie about that a server's start would throw away. */
  hasUnfinished(): boolean {
    return this.state.current.some(
      ({ state, completedBytes }) => state !== 'done' && (state !== 'waiting' || completedBytes > 0),
    )
  }

  add(text: string): void {
    const name = parseModelName(text)
    if ('problem' in name) throw new Failure('modelNameInvalid', text)
    const model = listedName(name)
    const known = this.#find(model)
    if (known && ['waiting', 'running', 'stalled', 'verifying'].includes(known.state)) return
    const pull: Pull = {
      model,
      state: 'waiting',
      completedBytes: known?.state === 'done' ? 0 : (known?.completedBytes ?? 0),
      totalBytes: known?.totalBytes ?? null,
      bytesPerSecond: null,
      remainingMs: null,
      failure: null,
      addedAtMs: Date.now(),
      finishedAtMs: null,
    }
    this.#store.write(pull)
    this.state.update((list) => [...list.filter((other) => other.model !== model), pull])
  }

  cancel(model: string): void {
    if (this.#running?.model === model) this.#running.stop.abort()
    const pull = this.#find(model)
    if (pull && pull.state !== 'done')
      this.#change(model, { state: 'stopped', bytesPerSecond: null, remainingMs: null })
  }

  dismiss(model: string): void {
    if (this.#running?.model === model) this.cancel(model)
    this.#store.remove(model)
    this.state.update((list) => list.filter((pull) => pull.model !== model))
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#running?.stop.abort()
    await this.#loop
  }

  async #keepPulling() {
    const { signal } = this.#closing
    const { server } = this.needs
    while (!signal.aborted) {
      const list = this.state.current
      const address = server.current
      const next = list.find(({ state }) => state === 'waiting')
      if (next && address) await this.#pull(next.model, address)
      else {
        const round = new AbortController()
        const ends = AbortSignal.any([signal, round.signal])
        await Promise.race([this.state.changeFrom(list, ends), server.changeFrom(address, ends)])
        round.abort()
      }
    }
  }

  async #pull(model: string, address: NonNullable<ServerAddress>) {
    const stop = new AbortController()
    this.#running = { model, stop }
    const progress = new Progress()
    this.#change(model, { state: 'running', failure: null })
    const telling = setInterval(() => this.#tell(model, progress), tellEveryMs)
    const storing = setInterval(() => this.#save(model), storeEveryMs)
    try {
      const name = parseModelName(model)
      const insecure = !('problem' in name) && isLocalRegistry(name)
      const request = {
        baseUrl: address.baseUrl,
        path: '/api/pull',
        body: { model, insecure, stream: true },
        signal: stop.signal,
      }
      for await (const records of streamRecords(request)) for (const record of records) progress.take(record)
      if (!progress.isDone) throw new Failure('pullFailed', 'the stream ended before the model was there')
      const { completedBytes } = progress
      this.#change(model, {
        state: 'done',
        completedBytes,
        totalBytes: completedBytes,
        bytesPerSecond: null,
        remainingMs: null,
        finishedAtMs: Date.now(),
      })
      this.needs.onPulled(model)
    } catch (error) {
      await this.#onFailure(model, error, stop.signal.aborted, address)
    } finally {
      clearInterval(telling)
      clearInterval(storing)
      this.#running = null
      this.#save(model)
    }
  }

  async #onFailure(model: string, error: unknown, isStopped: boolean, address: ServerAddress) {
    const still = { bytesPerSecond: null, remainingMs: null }
    if (isStopped || this.#closing.signal.aborted) {
      // It may have been added again while the request was still ending.
      const state = this.#find(model)?.state
      if (state !== undefined && state !== 'waiting') this.#change(model, { state: 'stopped', ...still })
      return
    }
    const failure = error instanceof Failure ? error : new Failure('pullFailed', String(error))
    if (failure.code === 'serverNotReady' || failure.code === 'serverConnectionLost') {
      // The server went away, not the registry: the pull goes on by itself once it is back.
      this.#change(model, { state: 'waiting', ...still })
      const round = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(3000)])
      await (this.needs.server.changeFrom(address, round) ?? pause(0))
      return
    }
    const meant = failure.code === 'ollamaFailed' ? failureOfPull(failure.detail ?? '') : failure
    this.#change(model, {
      state: 'failed',
      failure: { code: meant.code, ...(meant.detail === undefined ? {} : { detail: meant.detail }) },
      finishedAtMs: Date.now(),
      ...still,
    })
  }

  #tell(model: string, progress: Progress) {
    if (!this.#find(model) || this.#running?.stop.signal.aborted) return
    this.#change(model, progress.now(Date.now()), false)
  }

  #find(model: string): Pull | undefined {
    return this.state.current.find((pull) => pull.model === model)
  }

  #save(model: string) {
    const pull = this.#find(model)
    if (pull) this.#store.write(pull)
  }

  #change(model: string, change: Partial<Pull>, isKept = true) {
    this.state.update((list) => list.map((pull) => (pull.model === model ? { ...pull, ...change } : pull)))
    if (isKept) this.#save(model)
  }
}

/** One bar out of many layers: Ollama tells each by itself, one after the other. */
class Progress {
  readonly #layers = new Map<string, { total: number; completed: number }>()
  readonly #rate = new TransferRate()
  #movedAtMs = Date.now()
  #status = ''
  isDone = false

  get completedBytes(): number {
    return [...this.#layers.values()].reduce((sum, { completed }) => sum + completed, 0)
  }

  take(record: OllamaRecord): void {
    const { status, digest, total, completed } = record as {
      status?: unknown
      digest?: unknown
      total?: unknown
      completed?: unknown
    }
    this.#status = String(status ?? '')
    if (this.#status === 'success') this.isDone = true
    if (typeof digest !== 'string' || typeof total !== 'number') return
    const before = this.#layers.get(digest)?.completed ?? 0
    const now = typeof completed === 'number' ? completed : 0
    this.#layers.set(digest, { total, completed: now })
    if (now !== before) this.#movedAtMs = Date.now()
    this.#rate.add(Date.now(), this.completedBytes)
  }

  now(nowMs: number): Partial<Pull> {
    const { completedBytes } = this
    const isVerifying = /^(verifying|writing|removing)/.test(this.#status)
    if (this.#layers.size === 0) return {}
    const totalBytes = [...this.#layers.values()].reduce((sum, { total }) => sum + total, 0)
    const isStalled = !isVerifying && nowMs - this.#movedAtMs > stalledAfterMs
    const bytesPerSecond = isVerifying ? null : isStalled ? 0 : this.#rate.bytesPerSecond(nowMs)
    return {
      state: isVerifying ? 'verifying' : isStalled ? 'stalled' : 'running',
      completedBytes,
      totalBytes,
      bytesPerSecond,
      remainingMs: bytesPerSecond ? ((totalBytes - completedBytes) / bytesPerSecond) * 1000 : null,
    }
  }
}
