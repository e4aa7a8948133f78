import type { BenchLive } from '../../../shared/contract/bench'
import type { Failure } from '../../../shared/failure'
import { type PlannedStage, plannedStages, stageLimitMs } from '../../../shared/measure/plan'
import { median } from '../../../shared/measure/quantile'
import type { BenchStage } from '../../../shared/measure/result'
import { isFailed, type SeenRequest } from '../../../shared/measure/stage'
import { runVerdicts } from '../../../shared/measure/verdicts'
import type { Redact } from '../../platform/redactor'
import type { Sockets } from '../../wire/sockets'
import type { RequestOrder, StageEnd, StageOrder } from './generator-messages'
import { GeneratorThread } from './generator-thread'
import { giveBack, type KeptBefore, keepAliveAfter } from './keep-alive'
import { LivePicture } from './live-picture'
import { measuredStep } from './measured-step'
import { loadedModel, loadModel, requestBody, targetOf } from './ollama-target'
import { mostFrequentFailure } from './outcomes'
import { makePrompt, nextWordCount, nonce } from './prompt'
import { runClock } from './run-clock'
import { runFailure } from './run-failure'
import type { RunStore } from './run-store'
import type { RunRecord } from './saved-runs'
import { spilledShare } from './spilled-share'
import { summaryCurve } from './summary'
import { redacted, shifted } from './told-request'
import { afterRound, coldStart, type WarmUp } from './warm-up'

const warmUpTokens = 32
/** Before the planned steps come the load and the warm-up. */
const firstMeasured = 2
const limits = { firstTokenLimitMs: 120_000, idleLimitMs: 60_000 }

export type RunNeeds = {
  store: RunStore
  bundleFolder: string
  sockets: Sockets
  baseUrl: string
  redact: Redact
  publish: (live: BenchLive) => void
  /** Tokens a second that the cards' bandwidth allows one stream of a model of that size; null where unknown. */
  ceiling: (weightBytes: number) => number | null
  machine: (model: string) => Promise<RunRecord['machine']>
  /** Whether the server has cards to put models on; null where nobody says. */
  usesCards: () => boolean | null
  /** OLLAMA_KEEP_ALIVE in effect; null where it cannot be told. */
  keepAlive: () => Promise<string | null>
}

/** One run from loading the model to its verdicts. Whatever ends it, what was measured is saved with a true state. */
export class BenchRun {
  readonly #picture: LivePicture
  readonly #stop = new AbortController()
  readonly #stages: BenchStage[] = []
  readonly #seen: SeenRequest[] = []
  #generator: GeneratorThread | null = null
  #wallOffsetMs = 0
  #nextNumber = 1
  #warmth: WarmUp
  #brokenOffBy: Failure | null = null
  #endState: 'cancelled' | 'interrupted' = 'cancelled'
  readonly #clock: ReturnType<typeof runClock>
  /** Set once the model was asked to stay for the run. */
  #keptBefore: { was: KeptBefore } | null = null

  constructor(
    private readonly record: RunRecord,
    private readonly needs: RunNeeds,
  ) {
    const { id, plan, startedAtMs, isSimulated } = record
    this.#clock = runClock(startedAtMs)
    this.#warmth = coldStart(plan.promptTokens)
    this.#picture = new LivePicture({ id, plan, startedAtMs, isSimulated }, this.#clock.now)
  }

  /** Stops; `interrupted` when it is the host that ends and not the user who changed their mind. */
  cancel(endState: 'cancelled' | 'interrupted' = 'cancelled'): void {
    this.#endState = endState
    this.#stop.abort()
    this.#picture.stopping()
    this.#publish()
  }

  /** Ends it for a reason that is told with it. */
  breakOff(failure: Failure): void {
    this.#brokenOffBy = failure
    this.cancel()
  }

  endStep(): void {
    this.#generator?.endStage()
  }

  /** Runs to the end; never rejects for what a server or a user may do. */
  async run(): Promise<void> {
    const { record } = this
    try {
      this.#publish()
      await this.#load()
      this.#generator = new GeneratorThread(this.needs.bundleFolder, targetOf(this.needs.baseUrl))
      this.#wallOffsetMs = this.#clock.ofSteadyMs(await this.#generator.steadyOffsetMs())
      await this.#warmUp()
      for (const [position, stage] of plannedStages(record.plan).entries()) await this.#measure(position, stage)
      record.state = 'finished'
    } catch (error) {
      if (this.#stop.signal.aborted && !this.#brokenOffBy) record.state = this.#endState
      else {
        record.state = 'failed'
        record.failure = runFailure(this.#brokenOffBy ?? error).report(this.needs.redact)
        if (record.failure.code === 'runBroken') throw error
      }
    } finally {
      await this.#generator?.close()
      record.endedAtMs = Math.round(this.#clock.now())
      this.#summarise()
      this.needs.store.saveEnd(record)
    }
  }

  /** Lets the model go when the server would; nobody has to wait for it. */
  async giveBack(): Promise<void> {
    if (!this.#keptBefore) return
    await giveBack(this.needs, this.record.plan, keepAliveAfter(this.#keptBefore.was, await this.needs.keepAlive()))
  }

  async #load() {
    const { record, needs } = this
    this.#picture.begin(0, 'loading')
    this.#publish()
    const before = await loadedModel(needs, record.plan.model.name)
    this.#keptBefore = { was: before?.kept ?? null }
    const loadMs = await loadModel(needs, record.plan, this.#stop.signal)
    const wasLoaded = before !== null && loadMs < 500
    record.load = { wasLoaded, loadMs: wasLoaded ? null : loadMs }
    const loaded = await loadedModel(needs, record.plan.model.name)
    if (loaded)
      record.server = { ...record.server, ...loaded.server, ...(needs.usesCards() === false && { vramBytes: null }) }
    record.machine = await needs.machine(record.plan.model.name)
    if (wasLoaded) this.#picture.note('info', 'model-was-loaded')
    else this.#picture.note('good', 'model-loaded', { durationMs: loadMs })
    this.#picture.end()
    this.#save()
  }

  /** Finds how many words make the wanted prompt, and goes on until two rounds in a row decode alike. */
  async #warmUp() {
    const { plan } = this.record
    const concurrency = plan.concurrency[0] ?? 1
    this.#picture.begin(1, 'warm-up')
    while (!this.#warmth.isOver) {
      const seen = await this.#round(0, concurrency, Math.max(2, concurrency))
      const answered = seen.filter((request) => request.outcome === 'ok')
      if (answered.length === 0) throw mostFrequentFailure(seen)
      this.#warmth = afterRound(this.#warmth, answered, plan.promptTokens)
      this.#picture.learn(median([...this.#warmth.promptMs]), this.#warmth.tokensPerEvent)
    }
    const { rounds, isSteady, promptTokens, prefillTokensPerSecond, wordCount } = this.#warmth
    this.record.warmUp = { rounds, isSteady, promptTokens, prefillTokensPerSecond }
    this.#picture.note(isSteady ? 'good' : 'caution', isSteady ? 'warm-up-steady' : 'warm-up-unsteady', { rounds })
    if (promptTokens !== null && nextWordCount(plan.promptTokens, wordCount, promptTokens) !== null) {
      this.#picture.note('caution', 'prompt-length-off', { asked: plan.promptTokens, counted: promptTokens })
    }
    this.#picture.end()
    this.#save()
  }

  async #measure(position: number, stage: PlannedStage) {
    const { kind, concurrency } = stage
    const index = firstMeasured + position
    this.#picture.begin(index, 'warm-up')
    if (position > 0 && kind === 'measure') await this.#round(position, concurrency, concurrency)
    this.#picture.begin(index, 'measuring')

    let end: StageEnd | null = null
    const from = this.#seen.length
    try {
      end = await this.#send({
        stage: position,
        phase: 'measure',
        concurrency,
        askedTokens: this.record.plan.answerTokens,
        requests: this.#orders(position, 'measure', stage.requests),
        spreadMs: Math.min(this.#warmth.firstAnswerMs, 5000),
        limitMs: stageLimitMs(this.record.plan),
        ...limits,
      })
    } finally {
      this.#finishStage(position, stage, this.#seen.slice(from), end)
    }
    this.#stop.signal.throwIfAborted()
    this.#endIfHopeless(end, this.#seen.slice(from))
  }

  #finishStage(position: number, planned: PlannedStage, seen: SeenRequest[], end: StageEnd | null) {
    if (seen.length === 0) return
    const { isSimulated, server } = this.record
    const isKnown = server.sizeBytes !== null && !isSimulated
    const ceilingTokensPerSecond = isKnown ? this.needs.ceiling(server.sizeBytes ?? 0) : null
    const step = { ...planned, position, end, ceilingTokensPerSecond }
    const { stage, inWindow } = measuredStep(this.record, this.#stages, seen, step)
    this.#stages.push(stage)
    this.needs.store.saveStage(this.record.id, stage, inWindow)
    this.#picture.endMeasured(stage)
    this.#save()
    this.#publish()
  }

  #endIfHopeless(end: StageEnd | null, seen: readonly SeenRequest[]) {
    if (end?.reason === 'unreachable') throw mostFrequentFailure(seen)
    if (end?.reason === 'time-limit') this.#picture.note('info', 'step-time-limit')
    if (end?.reason === 'ended') this.#picture.note('info', 'step-ended')
    const failed = seen.filter(isFailed).length
    if (failed < 3 || failed <= 0.05 * seen.length) return
    this.#picture.note('bad', 'errors-ended-run', { failed, asked: seen.length })
    throw mostFrequentFailure(seen)
  }

  /** Requests with short answers that are kept and never counted. */
  async #round(position: number, concurrency: number, count: number): Promise<SeenRequest[]> {
    const from = this.#seen.length
    const { sleptMs } = await this.#send({
      stage: position,
      phase: 'warm-up',
      concurrency,
      askedTokens: Math.min(warmUpTokens, this.record.plan.answerTokens),
      requests: this.#orders(position, 'warm-up', count),
      spreadMs: 0,
      limitMs: stageLimitMs(this.record.plan),
      ...limits,
    })
    this.#stop.signal.throwIfAborted()
    // Nothing can be learned from a round in which the machine slept.
    return sleptMs > 0 ? await this.#round(position, concurrency, count) : this.#seen.slice(from)
  }

  #orders(position: number, phase: 'warm-up' | 'measure', count: number): RequestOrder[] {
    const { plan, seeds } = this.record
    const answerTokens = phase === 'measure' ? plan.answerTokens : Math.min(warmUpTokens, plan.answerTokens)
    return Array.from({ length: count }, () => {
      const number = this.#nextNumber++
      const place = `${position}/${phase}/${number}`
      const head = nonce(seeds.nonce, place)
      return {
        number,
        nonce: head,
        body: requestBody(plan, makePrompt(head, this.#warmth.wordCount, seeds.shape, place), answerTokens),
      }
    })
  }

  async #send(order: StageOrder): Promise<StageEnd> {
    const { signal } = this.#stop
    signal.throwIfAborted()
    if (!this.#generator) throw new Error('the generator is not there')
    const runOffsetMs = this.#wallOffsetMs - this.record.startedAtMs
    let lost: unknown = null
    const end = await this.#generator.runStage(
      order,
      (told) => {
        const progress = { ...told, ended: told.ended.map((request) => redacted(request, this.needs.redact)) }
        this.#picture.take(progress, this.#wallOffsetMs)
        const ended = progress.ended.map((request) => shifted(request, runOffsetMs))
        this.#seen.push(...ended)
        this.#publish()
        try {
          this.needs.store.saveRequests(this.record.id, ended)
        } catch (error) {
          // Thrown here it would end the host: this is a message from the thread.
          lost = error
          this.endStep()
        }
      },
      signal,
    )
    if (lost) throw lost
    return end
  }

  #publish() {
    this.needs.publish(this.#picture.current())
  }

  #save() {
    this.#summarise()
    this.needs.store.save(this.record)
  }

  #summarise() {
    const { record } = this
    const measured = this.#seen.filter((request) => request.phase === 'measure')
    record.requestCount = measured.length
    record.failedCount = measured.filter(isFailed).length
    record.curve = summaryCurve(this.#stages)
    record.verdicts = runVerdicts(this.#stages, spilledShare(record, this.needs.usesCards()))
  }
}
