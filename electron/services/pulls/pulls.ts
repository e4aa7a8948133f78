import { setTimeout as pause } from 'node:timers/promises'
import type { ModelRef } from '../../../shared/backends/model-ref'
import { ownBackendId } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import { Failure } from '../../../shared/failure'
import { isLocalRegistry, listedName, type ModelName, parseModelName } from '../../../shared/ollama/model-name'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import type { Redact } from '../../platform/redactor'
import { within } from '../../platform/time-limit'
import { changeOfAny, type Watched } from '../../platform/watched'
import { addressOf, type Backends } from '../../wire/backend'
import { streamRecords } from '../../wire/records'
import type { ServerAddress } from '../../wire/server-address'
import type { Sockets } from '../../wire/sockets'
import { isOpen } from './left-over'
import { Manifests } from './manifests'
import { keptBytesIn } from './parts-on-disk'
import { failureAfter, mayBeDamagedPart } from './pull-failure'
import { PullList } from './pull-list'
import { PullProgress } from './pull-progress'
import type { RegistryManifest } from './registry-manifest'
import { type Repair, repairDownload, type ServersFolder } from './repair-download'

const tellEveryMs = 200
const storeEveryMs = 1000
/** What Ollama needs to write down how far it is, once its client has left. Nothing tells when it has. */
const settleMs = 300

type Needs = {
  backends: Backends
  sockets: Sockets
  database: Database
  logger: Logger
  redact: Redact
  /** A model has arrived. */
  onPulled: (model: string) => void
  /** Where the server that runs keeps its models; null where that is not known. */
  modelsFolder: () => ServersFolder
  /** A line for the log of the server: what was done to its files. */
  tell: (line: string) => void
  /** What a model is made of, where its registry tells; Ollama itself tells only layer by layer. */
  manifest?: (name: ModelName, signal: AbortSignal) => Promise<RegistryManifest | null>
}

/** A pull's time with the server. */
type Turn = {
  model: string
  address: NonNullable<ServerAddress>
  stop: AbortController
  progress: PullProgress
  yields: boolean
}

/** Nothing is on its way. */
const still = { bytesPerSecond: null, remainingMs: null, trouble: null } satisfies Partial<Pull>

/** The pull queue: one at a time, kept on disk, going on where it stopped. */
export class Pulls {
  readonly #list: PullList
  readonly #closing = new AbortController()
  readonly #manifests: Manifests
  #running: Turn | null = null
  #loop: Promise<void> = Promise.resolve()
  /** The server that is about to end: nothing more is asked of it. */
  #leaving: ServerAddress = null

  constructor(private readonly needs: Needs) {
    this.#list = new PullList(needs.database, needs.logger)
    this.#manifests = new Manifests(async (name, signal) =>
      needs.manifest && !this.#address?.isSimulated ? needs.manifest(name, signal) : null,
    )
  }

  get state(): Watched<Pull[]> {
    return this.#list.state
  }

  open(): void {
    this.#loop = this.#keepPulling().catch((error: unknown) => this.needs.logger.error('the pull queue failed', error))
  }

  /** Whether partial files lie about that a server's start would throw away. */
  hasUnfinished(): boolean {
    return this.state.current.some(
      ({ model, state, completedBytes }) =>
        this.#running?.model === model.name || (state !== 'done' && (completedBytes > 0 || state === 'stopped')),
    )
  }

  /** Failures: `backendNotFound`, `modelNameInvalid`. */
  add(wanted: ModelRef): void {
    addressOf(this.needs.backends, wanted.backendId)
    const name = parseModelName(wanted.name)
    if ('problem' in name) throw new Failure('modelNameInvalid', wanted.name)
    const known = this.#list.findSame(listedName(name))
    if (known && isOpen(known)) return
    const model = known?.model.name ?? listedName(name)
    this.#list.append(model, known)
    void this.#askSize(model)
  }

  cancel({ backendId, name: model }: ModelRef): void {
    addressOf(this.needs.backends, backendId)
    if (this.#running?.model === model) this.#running.stop.abort()
    const pull = this.#list.find(model)
    if (pull && pull.state !== 'done') this.#list.change(model, { state: 'stopped', ...still })
  }

  dismiss(model: ModelRef): void {
    addressOf(this.needs.backends, model.backendId)
    if (this.#running?.model === model.name) this.cancel(model)
    this.#list.remove(model)
  }

  /**
   * Lets go of a server that is about to end; the pull goes on with the next one. Ollama writes down how far each part is
   * only when its client leaves: ended in the middle, it loses what the open parts, up to 1 GB each, have brought.
   */
  async letGo(): Promise<void> {
    this.#leaving = this.#address
    const running = this.#running
    if (!running) return
    this.#list.change(running.model, { state: 'waiting', ...still })
    running.stop.abort()
    await pause(settleMs)
  }

  async close(): Promise<void> {
    const isPulling = this.#running !== null
    this.#closing.abort()
    this.#running?.stop.abort()
    await this.#loop
    if (isPulling) await pause(settleMs)
  }

  async #keepPulling() {
    const { signal } = this.#closing
    const { backends } = this.needs
    while (!signal.aborted) {
      const list = this.state.current
      const seen = backends.current
      const address = this.#address
      const next = list.find(({ state }) => state === 'waiting')
      if (next && address && address !== this.#leaving) await this.#pull(next.model.name, address)
      else
        await changeOfAny(
          [
            [this.state, list],
            [backends, seen],
          ],
          signal,
        )
    }
  }

  async #pull(model: string, address: NonNullable<ServerAddress>) {
    const turn: Turn = { model, address, stop: new AbortController(), progress: new PullProgress(), yields: false }
    this.#running = turn
    this.#list.change(model, { state: 'running', failure: null, keptBytes: null, trouble: null })
    try {
      await this.#follow(turn)
      // A quick layer may have told none of its lines, any layer not its last: a pull that succeeded has all bytes.
      const { totalBytes } = turn.progress
      this.#list.change(model, {
        state: 'done',
        completedBytes: totalBytes,
        totalBytes: totalBytes || null,
        isTotalFinal: true,
        ...still,
        finishedAtMs: Date.now(),
      })
      this.needs.onPulled(model)
    } catch (error) {
      await this.#onFailure(turn, error)
    } finally {
      this.#running = null
    }
  }

  /** Runs the request to its end, telling and keeping how far it is. */
  async #follow({ model, address: { baseUrl }, stop: { signal }, progress }: Turn) {
    const name = parseModelName(model)
    const insecure = !('problem' in name) && isLocalRegistry(name)
    const { sockets } = this.needs
    const body = { model, insecure, stream: true }
    const telling = setInterval(() => this.#tell(model, progress), tellEveryMs)
    const storing = setInterval(() => this.#list.save(model), storeEveryMs)
    try {
      for await (const records of streamRecords({ sockets, baseUrl, path: '/api/pull', body, signal })) {
        for (const record of records) progress.take(record)
      }
      if (!progress.isDone) throw new Failure('pullFailed', 'the stream ended before the model was there')
    } finally {
      clearInterval(telling)
      clearInterval(storing)
      this.#tell(model, progress)
    }
  }

  async #onFailure(turn: Turn, error: unknown) {
    const { model, address } = turn
    const ended = AbortSignal.any([turn.stop.signal, this.#closing.signal])
    if (ended.aborted) return this.#onStopped(turn)
    const failure = Failure.from(error, 'pullFailed')
    if (failure.code === 'serverNotReady' || failure.code === 'serverConnectionLost') {
      // The server went away, not the registry: the pull goes on by itself once it is back.
      this.#list.change(model, { state: 'waiting', ...still })
      await within(3000, this.#closing.signal, async (round) => {
        if (this.#address === address) await this.needs.backends.changeFrom(this.needs.backends.current, round)
      })
      return
    }
    const mending = mayBeDamagedPart(failure.detail ?? '') ? await this.#mend(turn, ended) : null
    if (ended.aborted) return this.#onStopped(turn)
    if (mending === 'mended') return this.#list.change(model, { state: 'waiting', completedBytes: 0, ...still })
    this.#list.change(model, {
      state: 'failed',
      failure: failureAfter(mending, failure).report(this.needs.redact),
      finishedAtMs: Date.now(),
      ...still,
      ...this.#kept(turn),
    })
  }

  #onStopped(turn: Turn) {
    const { model } = turn
    if (turn.yields) return this.#list.moveBack(model, { state: 'waiting', ...still, trouble: 'gave-way' })
    // It may have been added again while the request was still ending.
    const state = this.#list.find(model)?.state
    if (state === undefined || state === 'waiting') return
    this.#list.change(model, { state: 'stopped', ...still })
    void this.#lookAtKept(turn)
  }

  /** Whether a file of this model that Ollama could not go on with is out of its way now. */
  async #mend({ model, address }: Turn, signal: AbortSignal): Promise<Repair> {
    const manifest = await this.#manifests.of(model, signal)
    if (signal.aborted) return 'nothing'
    const folder = this.#address === address ? this.needs.modelsFolder() : null
    return repairDownload(model, folder, manifest?.digests ?? [], this.needs)
  }

  /** Once Ollama has written down how far it is. */
  async #lookAtKept(turn: Turn) {
    await pause(settleMs, undefined, { signal: this.#closing.signal }).catch(() => {})
    const isStill = !this.#closing.signal.aborted && this.#list.find(turn.model)?.state === 'stopped'
    if (isStill) this.#list.change(turn.model, this.#kept(turn))
  }

  /** What of a pull that is over for now lies on the disk: only that is said to be kept. */
  #kept({ model, address, progress }: Turn): Partial<Pull> {
    const folder = this.#address === address ? this.needs.modelsFolder() : null
    const digests = [...(this.#manifests.known(model)?.digests ?? []), ...progress.digests]
    const keptBytes = folder && digests.length > 0 ? keptBytesIn(folder.path, digests) : null
    return keptBytes === null ? { keptBytes } : { keptBytes, completedBytes: keptBytes }
  }

  #tell(model: string, progress: PullProgress) {
    if (!this.#list.find(model) || this.#running?.stop.signal.aborted) return
    progress.registryBytes ??= this.#manifests.known(model)?.sizeBytes ?? null
    const nowMs = Date.now()
    this.#list.change(model, progress.now(nowMs), false)
    if (this.#running && progress.mayYield(nowMs) && this.#list.hasWaiting) {
      this.#running.yields = true
      this.#running.stop.abort()
    }
  }

  /** Beside the pull, and never in its way: a registry that does not tell leaves the size open. */
  async #askSize(model: string) {
    if (this.#manifests.known(model)) return
    const read = await this.#manifests.of(model, this.#closing.signal)
    const pull = this.#list.find(model)
    if (read && pull && isOpen(pull)) {
      this.#list.change(model, { totalBytes: Math.max(read.sizeBytes, pull.totalBytes ?? 0), isTotalFinal: true })
    }
  }

  /** Where the server that pulls answers: only our own does. */
  get #address(): ServerAddress {
    return addressOf(this.needs.backends, ownBackendId)
  }
}
