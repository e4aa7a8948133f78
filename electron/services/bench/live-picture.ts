import type { BenchLive, BenchNote, LiveStep } from '../../../shared/contract/bench'
import { blockBootstrapMean } from '../../../shared/measure/interval'
import { plannedStages } from '../../../shared/measure/plan'
import { median } from '../../../shared/measure/quantile'
import type { BenchPlan, BenchStage } from '../../../shared/measure/result'
import { decodeRate, isFailed, type SeenRequest } from '../../../shared/measure/stage'
import { isClientLimited } from '../../../shared/measure/verdicts'
import type { ActiveRequest, Progress } from './generator-messages'
import { Lanes } from './lanes'
import { RateSeries } from './rate-series'

const noteLimit = 20
const dotLimit = 600

type Dots = { ttftMs: number[]; tpotMs: number[] }

/** The run under way as the page draws it: fed by the generator's progress, always of bounded size. */
export class LivePicture {
  readonly #lanes = new Lanes()
  readonly #rate = new RateSeries()
  readonly #notes: BenchNote[] = []
  readonly #dots: Dots[] = []
  #phase: BenchLive['phase'] = 'loading'
  #stepIndex = 0
  #stepStartedAtMs: number
  #atMs: number
  #active: ActiveRequest[] = []
  #client = { eventLoopUtilization: 0, loopDelayP99Ms: 0 }
  #sentCount = 0
  #failedCount = 0
  #soloRate: number | null = null
  #lastRate: number | null = null
  #tokensPerEvent = 1

  readonly #steps: LiveStep[]

  constructor(
    private readonly run: { id: string; plan: BenchPlan; startedAtMs: number; isSimulated: boolean },
    private readonly now: () => number,
  ) {
    this.#stepStartedAtMs = now()
    this.#atMs = now()
    const unknown = { outputTokensPerSecond: null, decodeTokensPerSecond: null, durationMs: null }
    const step = { state: 'waiting', endedRequests: 0, ...unknown } as const
    this.#steps = [
      { ...step, kind: 'load', concurrency: 0, plannedRequests: 0 },
      { ...step, kind: 'warm-up', concurrency: run.plan.concurrency[0] ?? 1, plannedRequests: 0 },
      ...plannedStages(run.plan).map(({ requests, ...stage }) => ({ ...step, ...stage, plannedRequests: requests })),
    ]
  }

  /** Begins a step, by its place among all: the load, the warm-up, then the planned ones. */
  begin(index: number, phase: BenchLive['phase']): void {
    this.#stepIndex = index
    this.#phase = phase
    this.#stepStartedAtMs = this.now()
    this.#atMs = this.#stepStartedAtMs
    this.#rate.beginStep()
    this.#change({ state: 'running', endedRequests: 0 })
  }

  end(): void {
    this.#active = []
    this.#change({ state: 'done', durationMs: this.now() - this.#stepStartedAtMs })
  }

  /** The step was measured: its figure takes the place of the running one. */
  endMeasured(stage: BenchStage): void {
    this.end()
    const rate = stage.system.outputTokensPerSecond?.value ?? null
    const decodeTokensPerSecond = stage.perStream.decodeTokensPerSecond?.median.value ?? null
    this.#change({ outputTokensPerSecond: rate, decodeTokensPerSecond })
    if (stage.kind === 'measure' && stage.concurrency === 1) this.#soloRate = rate
    this.#lastRate = rate ?? this.#lastRate
  }

  stopping(): void {
    this.#phase = 'stopping'
  }

  /** What the warm-up taught: how long a prompt takes, how many tokens an event carries. */
  learn(prefillMs: number | null, tokensPerEvent: number | null): void {
    this.#lanes.expectedPrefillMs = prefillMs
    this.#tokensPerEvent = tokensPerEvent ?? 1
  }

  note(level: BenchNote['level'], code: BenchNote['code'], values: BenchNote['values'] = {}): void {
    this.#notes.unshift({ atMs: this.now(), level, code, values })
    this.#notes.length = Math.min(this.#notes.length, noteLimit)
  }

  /** `wallOffsetMs` makes wall clock of the generator's times. */
  take(progress: Progress, wallOffsetMs: number): void {
    const step = this.#step
    this.#atMs = progress.atMs + wallOffsetMs
    this.#active = progress.active
    this.#client = progress
    this.#rate.take(progress, wallOffsetMs, step?.concurrency ?? 1)
    this.#lanes.take(progress, wallOffsetMs, this.#tokensPerEvent)
    for (const request of progress.ended) this.#takeEnded(request)
    const ended = progress.ended.filter((request) => request.phase === 'measure').length
    this.#change({ endedRequests: (step?.endedRequests ?? 0) + ended })
    if (progress.sleptMs > 0) this.note('bad', 'machine-slept', { durationMs: progress.sleptMs })
    if (isClientLimited(progress) && !this.#notes.some((note) => note.code === 'client-limited')) {
      this.note('caution', 'client-limited')
    }
  }

  current(): BenchLive {
    const step = this.#step
    const isMeasuring = step?.kind === 'measure' || step?.kind === 'drift'
    const lanes = this.#lanes.lastMinute(this.#atMs, step?.concurrency ?? 0)
    const rate = isMeasuring ? this.#headline() : null
    return {
      ...this.run,
      atMs: this.#atMs,
      phase: this.#phase,
      steps: this.#steps.map((one) => ({ ...one })),
      stepIndex: this.#stepIndex,
      ...this.#outlook(rate?.value ?? null),
      headline: rate && {
        outputTokensPerSecond: rate,
        scaling:
          step?.kind === 'measure' && step.concurrency > 1 && this.#soloRate ? rate.value / this.#soloRate : null,
        plannedRequests: step?.plannedRequests ?? 0,
      },
      perStream: this.#perStream(),
      rate: this.#rate.lastMinute(this.#tokensPerEvent),
      inFlight: this.#active.length,
      concurrency: step?.concurrency ?? 0,
      lanes,
      laneCount: Math.max(step?.concurrency ?? 0, lanes.length),
      dots: this.#thinnedDots(),
      sentCount: this.#sentCount,
      failedCount: this.#failedCount,
      client: { ...pick(this.#client), isLimited: isClientLimited(this.#client) },
      notes: [...this.#notes],
      isSimulated: this.run.isSimulated,
    }
  }

  get #step(): LiveStep | undefined {
    return this.#steps[this.#stepIndex]
  }

  #change(change: Partial<LiveStep>) {
    if (this.#step) Object.assign(this.#step, change)
  }

  #takeEnded(request: SeenRequest) {
    if (request.phase === 'warm-up') return
    this.#sentCount++
    if (isFailed(request)) {
      this.#failedCount++
      const values = { number: request.number, outcome: request.outcome, detail: (request.detail ?? '').slice(0, 200) }
      this.note('bad', 'request-failed', values)
    }
    if (request.outcome !== 'ok') return
    if (request.isReload) this.note('caution', 'model-reloaded', { number: request.number })
    if (request.isShort) {
      const asked = this.run.plan.answerTokens
      this.note('caution', 'answer-short', { number: request.number, tokens: request.outputTokens, asked })
    }
    this.#dots[this.#stepIndex] ??= { ttftMs: [], tpotMs: [] }
    if (request.ttftMs !== null) this.#dots[this.#stepIndex]?.ttftMs.push(request.ttftMs)
    if (request.tpotMs !== null) this.#dots[this.#stepIndex]?.tpotMs.push(request.tpotMs)
  }

  #perStream(): BenchLive['perStream'] {
    const dots = this.#dots[this.#stepIndex]
    if (!dots) return null
    const rates = dots.tpotMs.flatMap((tpotMs) => decodeRate({ tpotMs }) ?? [])
    return { decodeTokensPerSecond: median(rates), ttftMs: median(dots.ttftMs), n: dots.ttftMs.length }
  }

  #headline() {
    const bins = this.#rate.stepBins(this.#tokensPerEvent)
    if (bins.length < 2) return null
    const interval = blockBootstrapMean(bins, 5)
    const mean = bins.reduce((sum, bin) => sum + bin, 0) / bins.length
    const n = this.#step?.endedRequests ?? 0
    return {
      value: mean,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      method: interval ? ('block-bootstrap' as const) : ('none' as const),
      n,
    }
  }

  /** How far the run is, by tokens asked for, and how long the rest takes at the rates seen; unknown before any. */
  #outlook(rateNow: number | null): { progress: number; remainingMs: number | null } {
    let asked = 0
    let answered = 0
    let remainingMs: number | null = 0
    this.#steps.forEach((step, index) => {
      if (step.kind !== 'measure' && step.kind !== 'drift') return
      const tokens = step.plannedRequests * this.run.plan.answerTokens
      const isOver = step.state === 'done'
      const running = index === this.#stepIndex ? this.#runningTokens() : 0
      const done = isOver ? tokens : Math.min(tokens, step.endedRequests * this.run.plan.answerTokens + running)
      asked += tokens
      answered += done
      if (done === tokens) return
      const rate =
        step.state === 'running'
          ? (rateNow ?? this.#lastRate)
          : step.concurrency === 1
            ? this.#soloRate
            : (rateNow ?? this.#lastRate)
      remainingMs = rate && remainingMs !== null ? remainingMs + ((tokens - done) * 1000) / rate : null
    })
    return { progress: asked > 0 ? answered / asked : 0, remainingMs }
  }

  #runningTokens() {
    return this.#active.reduce((sum, request) => sum + request.events, 0) * this.#tokensPerEvent
  }

  #thinnedDots(): BenchLive['dots'] {
    const steps = this.#dots.flatMap((dots, step) => (dots ? [{ step, ...dots }] : []))
    const total = steps.reduce((sum, dots) => sum + dots.ttftMs.length, 0)
    const every = Math.max(1, Math.ceil(total / dotLimit))
    const thin = (values: number[]) => values.filter((_, index) => index % every === 0)
    return steps.map(({ step, ttftMs, tpotMs }) => ({
      step,
      count: ttftMs.length,
      ttftMs: thin(ttftMs),
      tpotMs: thin(tpotMs),
    }))
  }
}

const pick = ({ eventLoopUtilization, loopDelayP99Ms }: { eventLoopUtilization: number; loopDelayP99Ms: number }) => ({
  eventLoopUtilization,
  loopDelayP99Ms,
})
