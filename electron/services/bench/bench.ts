import { setTimeout as pause } from 'node:timers/promises'
import { ownBackendId } from '../../../shared/backends/own'
import type { BenchLive, BenchProgress, BenchRunSummary, BenchRun as SavedRun } from '../../../shared/contract/bench'
import { Failure } from '../../../shared/failure'
import { plannedStages, planProblem } from '../../../shared/measure/plan'
import type { BenchPlan, BenchRequest } from '../../../shared/measure/result'
import { isFailed } from '../../../shared/measure/stage'
import { runVerdicts } from '../../../shared/measure/verdicts'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import type { Redact } from '../../platform/redactor'
import { Watched } from '../../platform/watched'
import { answeringAt, type Backends } from '../../wire/backend'
import type { Sockets } from '../../wire/sockets'
import { BenchRun } from './bench-run'
import { exportRun } from './export'
import { measuredStep } from './measured-step'
import { newRecord } from './new-record'
import { findModel, serverVersion } from './ollama-target'
import { type RequestPart, RunStore } from './run-store'
import type { RunRecord } from './saved-runs'
import { spilledShare } from './spilled-share'
import { summaryCurve } from './summary'

/** So long a server may take to let the model go before Corral quits without it. */
const closeGraceMs = 1000

export type BenchNeeds = {
  backends: Backends
  sockets: Sockets
  database: Database
  bundleFolder: string
  logger: Logger
  redact: Redact
  /** Tokens a second that the cards' bandwidth allows one stream of so many bytes of weights; null where unknown. */
  ceiling?: (weightBytes: number) => number | null
  /** What the figures of this model, loaded now, were made on. */
  machine?: (model: string) => Promise<SavedRun['machine']>
  /** Whether the server has cards to put models on; null where nobody says. */
  usesCards?: () => boolean | null
  /** How long the server keeps a model that nobody asks, as OLLAMA_KEEP_ALIVE in effect; null where it cannot be told. */
  keepAlive?: () => Promise<string | null>
}

/** Measures models: one run at a time, in a thread of its own, saved as it goes. */
export class Bench {
  readonly live = new Watched<BenchLive | null>(null)
  readonly runs: Watched<BenchRunSummary[]>
  readonly #store: RunStore
  #run: BenchRun | null = null
  #isStarting = false
  #ending: Promise<void> = Promise.resolve()
  #givingBack: Promise<void> = Promise.resolve()

  constructor(private readonly needs: BenchNeeds) {
    this.#store = new RunStore(needs.database, needs.logger)
    this.#store.purgeRemoved()
    this.#store.endUnfinished((record) => this.#markInterrupted(record))
    this.runs = new Watched(this.#store.list())
  }

  async *watchProgress(signal: AbortSignal | undefined): AsyncGenerator<BenchProgress | null, void, void> {
    for await (const live of this.live.watch(signal, 500)) {
      yield live && {
        id: live.id,
        model: live.plan.model,
        phase: live.phase,
        progress: live.progress,
        remainingMs: live.remainingMs,
        inFlight: live.inFlight,
      }
    }
  }

  async start(plan: BenchPlan): Promise<{ id: string }> {
    const problem = planProblem(plan)
    if (problem) throw new Failure('planInvalid', problem)
    if (this.#run || this.#isStarting) throw new Failure('runRunning')
    const server = answeringAt(this.needs.backends, plan.model.backendId)
    this.#isStarting = true
    try {
      const at = { sockets: this.needs.sockets, baseUrl: server.baseUrl }
      const model = await findModel(at, plan.model.name)
      const version = server.version ?? (await serverVersion(at))
      const record = newRecord(plan, { version, ...model }, server.isSimulated)
      this.#store.save(record)
      this.#refreshList()
      const run = new BenchRun(record, {
        store: this.#store,
        bundleFolder: this.needs.bundleFolder,
        ...at,
        redact: this.needs.redact,
        publish: (live) => this.live.set(live),
        ceiling: this.needs.ceiling ?? (() => null),
        machine: (model) => this.#machineOf(model),
        usesCards: this.needs.usesCards ?? (() => null),
        keepAlive: async () => (await this.needs.keepAlive?.().catch(() => null)) ?? null,
      })
      this.#run = run
      this.#ending = this.#follow(run, record.id)
      return { id: record.id }
    } finally {
      this.#isStarting = false
    }
  }

  /** A run goes on though nobody can say what it runs on. */
  async #machineOf(model: string): Promise<SavedRun['machine']> {
    return (
      (await this.needs.machine?.(model).catch((error: unknown) => {
        this.needs.logger.warn('the machine of a run could not be told', error)
        return null
      })) ?? null
    )
  }

  /** Stops the run under way and resolves when it is saved. */
  async cancel(): Promise<void> {
    this.#run?.cancel()
    await this.#ending
  }

  endStep(): void {
    this.#run?.endStep()
  }

  show(id: string): SavedRun {
    return this.#store.read(id)
  }

  showRequests(id: string, part: Partial<RequestPart> = {}): BenchRequest[] {
    return this.#store.requests(id, part)
  }

  remove(id: string): void {
    if (this.live.current?.id === id) throw new Failure('runRunning')
    this.#store.setRemoved(id, true)
    this.#refreshList()
  }

  restore(id: string): void {
    this.#store.setRemoved(id, false)
    this.#refreshList()
  }

  export(id: string): { fileName: string; json: string } {
    return exportRun(this.#store.read(id), this.#store.seenRequests(id))
  }

  /** The user ends the server: a run of its models ends with that, and says so. */
  async letGo(why: 'serverRestarted' | 'serverStopped'): Promise<void> {
    if (this.live.current?.plan.model.backendId !== ownBackendId) return
    this.#run?.breakOff(new Failure(why))
    await this.#ending
  }

  async close(): Promise<void> {
    this.#run?.cancel('interrupted')
    await this.#ending
    await Promise.race([this.#givingBack, pause(closeGraceMs, undefined, { ref: false })])
    this.#refreshList() // the last try to save an end for which there was no room
  }

  async #follow(run: BenchRun, id: string) {
    try {
      await run.run()
    } catch (error) {
      this.needs.logger.error('a benchmark ended by an error of ours', { id, error: String(error) })
    } finally {
      this.#run = null
      this.#givingBack = run.giveBack()
      this.live.set(null)
      this.#refreshList()
    }
  }

  #refreshList() {
    this.runs.set(this.#store.list())
  }

  /** A run of a host that was killed: its open step is measured by the requests that were saved. */
  #markInterrupted(record: RunRecord) {
    const { stages } = this.#store.read(record.id)
    const seen = this.#store.seenRequests(record.id).filter((request) => request.phase === 'measure')
    const position = stages.length
    const planned = plannedStages(record.plan)[position]
    const rest = seen.filter((request) => request.stage === position)
    if (planned && rest.length > 0) {
      const step = { ...planned, position, end: null, ceilingTokensPerSecond: null }
      const measured = measuredStep(record, stages, rest, step)
      this.#store.saveStage(record.id, measured.stage, measured.inWindow)
      stages.push(measured.stage)
    }
    const last = seen[seen.length - 1]
    this.#store.save({
      ...record,
      state: 'interrupted',
      endedAtMs: record.startedAtMs + (last?.endAtMs ?? 0),
      requestCount: seen.length,
      failedCount: seen.filter(isFailed).length,
      curve: summaryCurve(stages),
      verdicts: runVerdicts(stages, spilledShare(record)),
    })
  }
}
