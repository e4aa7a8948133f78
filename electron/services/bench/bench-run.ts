import type { BenchLive, LiveStep } from '../../../shared/contract/bench'
import { Failure } from '../../../shared/failure'
import { plannedStages, stageLimitMs } from '../../../shared/measure/plan'
import { median } from '../../../shared/measure/quantile'
import type { Reference } from '../../../shared/measure/reference'
import { serverPrefillRate } from '../../../shared/measure/request'
import type { BenchStage, Client } from '../../../shared/measure/result'
import { isFailed, measureStage, present, type SeenRequest } from '../../../shared/measure/stage'
import { runVerdicts } from '../../../shared/measure/verdicts'
import { isDiskFull } from '../../platform/disk-full'
import type { Redact } from '../../platform/redactor'
import { failureOf } from '../../wire/failure-of'
import type { RequestOrder, StageEnd, StageOrder, Target } from './generator-messages'
import { GeneratorDied, GeneratorThread } from './generator-thread'
import { LivePicture } from './live-picture'
import { loadedModel, loadModel, requestBody } from './ollama-target'
import { firstWordCount, makePrompt, nextWordCount, nonce } from './prompt'
import type { RunStore } from './run-store'
import type { RunRecord } from './saved-runs'
import { summaryCurve } from './summary'

const warmUpTokens = 32
const warmUpRounds = 5
const limits = { firstTokenLimitMs: 120_000, idleLimitMs: 60_000 }

export type RunNeeds = {
  store: RunStore
  bundleFolder: string
  baseUrl: string
  redact: Redact
  publish: (live: BenchLive) => void
  /** Tokens a second that the cards' bandwidth allows one stream of a model of that size; null where unknown. */
  ceiling: (weightBytes: number) => number | null
  machine: (model: string) => Promise<RunRecord['machine']>
}

/** One run from loading the model to its verdicts. Whatever ends it, what was measured is saved with a true state. */
export class BenchRun {
  readonly #picture: LivePicture
  readonly #steps: LiveStep[]
  readonly #stop = new AbortController()
  readonly #stages: BenchStage[] = []
  readonly #seen: SeenRequest[] = []
  #generator: GeneratorThread | null = null
  #wallOffsetMs = 0
  #nextNumber = 1
  #wordCount: number
  /** About how long one stream takes to its second token: first requests are spread over it. */
  #firstAnswerMs = 0
  #endState: 'cancelled' | 'interrupted' = 'cancelled'

  constructor(
    private readonly record: RunRecord,
    private readonly needs: RunNeeds,
  ) {
    const { plan } = record
    const step = { state: 'waiting', endedRequests: 0, outputTokensPerSecond: null, durationMs: null } as const
    const concurrency = plan.concurrency[0] ?? 1
    this.#steps = [
      { ...step, kind: 'load', concurrency: 0, plannedRequests: 0 },
      { ...step, kind: 'warm-up', concurrency, plannedRequests: 0 },
      ...plannedStages(plan).map(({ requests, ...stage }) => ({ ...step, ...stage, plannedRequests: requests })),
    ]
    this.#wordCount = firstWordCount(plan.promptTokens)
    this.#picture = new LivePicture(
      { id: record.id, plan, startedAtMs: record.startedAtMs, isSimulated: record.isSimulated },
      this.#steps,
    )
  }

  /** Stops; `interrupted` when it is the host that ends and not the user who changed their mind. */
  cancel(endState: 'cancelled' | 'interrupted' = 'cancelled'): void {
    this.#endState = endState
    this.#stop.abort()
    this.#picture.stopping()
    this.#publish()
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
      this.#wallOffsetMs = await this.#generator.wallOffsetMs()
      await this.#warmUp()
      for (let index = 2; index < this.#steps.length; index++) await this.#measure(index)
      record.state = 'finished'
    } catch (error) {
      if (this.#stop.signal.aborted) record.state = this.#endState
      else {
        record.state = 'failed'
        record.failure = meant(error).report(this.needs.redact)
        if (record.failure.code === 'runBroken') throw error
      }
    } finally {
      await this.#generator?.close()
      record.endedAtMs = Date.now()
      this.#summarise()
      this.needs.store.saveEnd(record)
    }
  }

  async #load() {
    const { record, needs } = this
    this.#picture.begin(0, 'loading')
    this.#publish()
    const before = await loadedModel(needs.baseUrl, record.plan.model)
    const loadMs = await loadModel(needs.baseUrl, record.plan, this.#stop.signal)
    const wasLoaded = before !== null && loadMs < 500
    record.load = { wasLoaded, loadMs: wasLoaded ? null : loadMs }
    const loaded = await loadedModel(needs.baseUrl, record.plan.model)
    if (loaded) record.server = { ...record.server, ...loaded }
    record.machine = await needs.machine(record.plan.model)
    if (wasLoaded) this.#picture.note('info', 'model-was-loaded')
    else this.#picture.note('good', 'model-loaded', { durationMs: loadMs })
    this.#picture.end()
    this.#save()
  }

  /** Finds how many words make the wanted prompt, and goes on until two rounds in a row decode alike. */
  async #warmUp() {
    const { plan } = this.record
    const concurrency = plan.concurrency[0] ?? 1
    const promptMs: number[] = []
    let lastTpotMs: number | null = null
    let isSteady = false
    let promptTokens: number | null = null
    let rate: number | null = null
    let rounds = 0
    this.#picture.begin(1, 'warm-up')
    while (rounds < warmUpRounds && !isSteady) {
      rounds++
      const seen = await this.#round(0, concurrency, Math.max(2, concurrency))
      const answered = seen.filter((request) => request.outcome === 'ok')
      if (answered.length === 0) throw failureFrom(seen)
      promptTokens = median(present(answered, (request) => request.promptTokens))
      rate = median(present(answered, (request) => serverPrefillRate(request.promptTokens, request.serverPromptMs)))
      const tpotMs = median(present(answered, (request) => request.tpotMs))
      const words = promptTokens === null ? null : nextWordCount(plan.promptTokens, this.#wordCount, promptTokens)
      const isAlike = tpotMs === null || (lastTpotMs !== null && Math.abs(tpotMs / lastTpotMs - 1) < 0.05)
      isSteady = words === null && isAlike
      if (words === null) promptMs.push(...present(answered, (request) => request.serverPromptMs))
      this.#wordCount = words ?? this.#wordCount
      this.#picture.learn(median(promptMs), median(present(answered, (request) => request.tokensPerEvent)))
      lastTpotMs = tpotMs
      this.#firstAnswerMs = (median(present(answered, (request) => request.ttftMs)) ?? 0) + (tpotMs ?? 0)
    }
    this.record.warmUp = { rounds, isSteady, promptTokens, prefillTokensPerSecond: rate }
    this.#picture.note(isSteady ? 'good' : 'caution', isSteady ? 'warm-up-steady' : 'warm-up-unsteady', { rounds })
    if (promptTokens !== null && nextWordCount(plan.promptTokens, this.#wordCount, promptTokens) !== null) {
      this.#picture.note('caution', 'prompt-length-off', { asked: plan.promptTokens, counted: promptTokens })
    }
    this.#picture.end()
    this.#save()
  }

  async #measure(index: number) {
    const step = this.#steps[index]
    if (!step || (step.kind !== 'measure' && step.kind !== 'drift')) return
    const position = index - 2
    this.#picture.begin(index, 'warm-up')
    if (position > 0 && step.kind === 'measure') await this.#round(position, step.concurrency, step.concurrency)
    step.endedRequests = 0
    this.#picture.begin(index, 'measuring')

    const requests = this.#orders(position, 'measure', step.plannedRequests)
    const solo = this.#stages.find((stage) => stage.kind === 'measure' && stage.concurrency === 1) ?? null
    let end: StageEnd | null = null
    const from = this.#seen.length
    try {
      end = await this.#send({
        stage: position,
        phase: 'measure',
        concurrency: step.concurrency,
        askedTokens: this.record.plan.answerTokens,
        requests,
        spreadMs: Math.min(this.#firstAnswerMs, 5000),
        limitMs: stageLimitMs(this.record.plan),
        ...limits,
      })
    } finally {
      const client = end ?? { eventLoopUtilization: 0, loopDelayP99Ms: 0 }
      this.#finishStage(position, step, this.#seen.slice(from), client, solo)
    }
    this.#stop.signal.throwIfAborted()
    this.#endIfHopeless(end, this.#seen.slice(from))
  }

  #finishStage(position: number, step: LiveStep, seen: SeenRequest[], client: Client, solo: BenchStage | null) {
    if (seen.length === 0 || (step.kind !== 'measure' && step.kind !== 'drift')) return
    const { sizeBytes } = this.record.server
    const reference: Reference = { solo, freshPrefillRate: this.record.warmUp?.prefillTokensPerSecond ?? null }
    const { stage, inWindow } = measureStage(
      seen,
      {
        position,
        kind: step.kind,
        concurrency: step.concurrency,
        plannedRequests: step.plannedRequests,
        client: { eventLoopUtilization: client.eventLoopUtilization, loopDelayP99Ms: client.loopDelayP99Ms },
        ceilingTokensPerSecond: sizeBytes === null || this.record.isSimulated ? null : this.needs.ceiling(sizeBytes),
      },
      reference,
    )
    this.#stages.push(stage)
    this.needs.store.saveStage(this.record.id, stage, inWindow)
    this.#picture.endMeasured(stage)
    this.#save()
    this.#publish()
  }

  #endIfHopeless(end: StageEnd | null, seen: readonly SeenRequest[]) {
    if (end?.reason === 'unreachable') throw failureFrom(seen)
    if (end?.reason === 'time-limit') this.#picture.note('info', 'step-time-limit')
    if (end?.reason === 'ended') this.#picture.note('info', 'step-ended')
    const failed = seen.filter(isFailed).length
    if (failed < 3 || failed <= 0.05 * seen.length) return
    this.#picture.note('bad', 'errors-ended-run', { failed, asked: seen.length })
    throw failureFrom(seen)
  }

  /** Requests with short answers that are kept and never counted. */
  async #round(position: number, concurrency: number, count: number): Promise<SeenRequest[]> {
    const from = this.#seen.length
    await this.#send({
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
    return this.#seen.slice(from)
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
        body: requestBody(plan, makePrompt(head, this.#wordCount, seeds.shape, place), answerTokens),
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
        const ended = progress.ended.map((request) => shift(request, runOffsetMs))
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
    record.verdicts = runVerdicts(this.#stages, isSpilled(record))
  }
}

/** Whether part of the model lies outside the cards; unknown when the server does not say. */
export const isSpilled = ({ server }: Pick<RunRecord, 'server'>) =>
  server.loadedBytes === null || server.vramBytes === null ? null : server.vramBytes < server.loadedBytes

function targetOf(baseUrl: string): Target {
  const { hostname, port } = new URL(baseUrl)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 80),
    protocol: 'ollama',
    path: '/api/generate',
    probePath: '/api/version',
  }
}

/** What a server said of a request, as it may be kept. */
const redacted = (request: SeenRequest, redact: Redact): SeenRequest =>
  request.detail === null ? request : { ...request, detail: redact(request.detail) }

/** From the generator's clock to ms since the start of the run. */
function shift(request: SeenRequest, offsetMs: number): SeenRequest {
  return {
    ...request,
    scheduledAtMs: request.scheduledAtMs + offsetMs,
    requestAtMs: request.requestAtMs + offsetMs,
    endAtMs: request.endAtMs + offsetMs,
  }
}

/** What most of the failed requests say, in a user's terms. */
function failureFrom(seen: readonly SeenRequest[]): Failure {
  const failed = seen.filter(isFailed)
  const last = failed[failed.length - 1]
  // The model was loaded by then: a server that takes no connection has gone away since.
  if (last?.outcome === 'connect' || last?.outcome === 'truncated') {
    return new Failure('serverConnectionLost', last.detail ?? undefined)
  }
  if (last?.outcome === 'queue-full') return new Failure('serverBusy', last.detail ?? undefined)
  return failureOf(500, last?.detail ?? last?.outcome ?? '')
}

function meant(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof GeneratorDied) return new Failure('generatorDied', error.message)
  return new Failure(isDiskFull(error) ? 'diskFull' : 'runBroken')
}
