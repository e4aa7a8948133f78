import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ModelRef } from '../backends/model-ref'
import {
  BenchPlan,
  BenchRequest,
  BenchStage,
  CurvePoint,
  Estimate,
  Outcome,
  resultSchema,
  Verdict,
} from '../measure/result'
import { FailureReport, operation } from './operation'

export const BenchRunState = z.enum(['running', 'finished', 'cancelled', 'failed', 'interrupted'])
export type BenchRunState = z.infer<typeof BenchRunState>

export const BenchRunSummary = z.object({
  id: z.string(),
  /** `interrupted`: Corral ended in the middle; what had been measured is kept, as it is after `cancelled`. */
  state: BenchRunState,
  failure: FailureReport.nullable(),
  plan: BenchPlan,
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  requestCount: z.number(), // measured ones, warm-up left out
  failedCount: z.number(),
  /** The measured steps in short, for lists and small pictures. */
  curve: z.array(CurvePoint),
  isSimulated: z.boolean(),
})
export type BenchRunSummary = z.infer<typeof BenchRunSummary>

/** A run as it is saved and exported; its requests come apart, they may be thousands. */
export const BenchRun = BenchRunSummary.extend({
  schema: z.literal(resultSchema),
  corralVersion: z.string(),
  server: z.object({
    version: z.string().nullable(),
    digest: z.string().nullable(),
    sizeBytes: z.number().nullable(), // the weights' file
    parameterSize: z.string().nullable(),
    quantization: z.string().nullable(),
    /** What the loaded model takes, and how much of it on the cards. */
    loadedBytes: z.number().nullable(),
    vramBytes: z.number().nullable(),
    contextLength: z.number().nullable(), // in force
  }),
  /** The cards and what the server really used once the model was loaded; null in runs of earlier versions. */
  machine: z
    .object({
      driverVersion: z.string().nullable(),
      cards: z.array(z.object({ name: z.string(), powerLimitWatts: z.number().nullable() })),
      settings: z.array(z.object({ variable: z.string(), value: z.string().nullable() })),
    })
    .nullable(),
  client: z.object({ system: z.string(), processor: z.string(), coreCount: z.number(), node: z.string() }),
  /** As sent with every request. */
  sampling: z.object({ temperature: z.number(), topP: z.number(), repeatPenalty: z.number(), seed: z.number() }),
  seeds: z.object({ shape: z.number(), nonce: z.string() }),
  /** Loading the model before anything is measured; no time when it lay in memory already. */
  load: z.object({ wasLoaded: z.boolean(), loadMs: z.number().nullable() }).nullable(),
  warmUp: z
    .object({
      rounds: z.number(),
      isSteady: z.boolean(),
      promptTokens: z.number().nullable(),
      prefillTokensPerSecond: z.number().nullable(),
    })
    .nullable(),
  stages: z.array(BenchStage),
  verdicts: z.array(Verdict),
})
export type BenchRun = z.infer<typeof BenchRun>

/** A request as a table shows it; an export has all of it. */
export const BenchRequestRow = BenchRequest.pick({
  number: true,
  stage: true,
  phase: true,
  slot: true,
  outcome: true,
  detail: true,
  ttftMs: true,
  tpotMs: true,
  e2eMs: true,
  outputTokens: true,
  promptTokens: true,
  serverLoadMs: true,
  serverPromptMs: true,
  serverAnswerMs: true,
  serverTotalMs: true,
  isShort: true,
  isInWindow: true,
  isReload: true,
})
export type BenchRequestRow = z.infer<typeof BenchRequestRow>

/** One request in a lane. What comes before the first token is split by the server's own times once they are known. */
export const LaneRequest = z.object({
  number: z.number(),
  startAtMs: z.number(),
  prefillAtMs: z.number().nullable(), // null: still waiting for all we know
  firstTokenAtMs: z.number().nullable(),
  endAtMs: z.number().nullable(),
  tokens: z.number(),
  tokensPerSecond: z.number().nullable(),
  outcome: Outcome.nullable(), // null while it runs
})
export type LaneRequest = z.infer<typeof LaneRequest>

export const BenchNote = z.object({
  atMs: z.number(),
  level: z.enum(['good', 'info', 'caution', 'bad']),
  code: z.enum([
    'model-loaded',
    'model-was-loaded',
    'warm-up-steady',
    'warm-up-unsteady',
    'prompt-length-off',
    'request-failed',
    'answer-short',
    'model-reloaded',
    'step-time-limit',
    'step-ended',
    'errors-ended-run',
    'client-limited',
    'machine-slept',
  ]),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type BenchNote = z.infer<typeof BenchNote>

export const LiveStep = z.object({
  kind: z.enum(['load', 'warm-up', 'measure', 'drift']),
  state: z.enum(['waiting', 'running', 'done']),
  concurrency: z.number(),
  plannedRequests: z.number(),
  endedRequests: z.number(),
  outputTokensPerSecond: z.number().nullable(),
  decodeTokensPerSecond: z.number().nullable(), // of one stream, the median
  durationMs: z.number().nullable(), // of a step that is done
})
export type LiveStep = z.infer<typeof LiveStep>

/** The run under way as one picture of bounded size; times are wall clock. */
export const BenchLive = z.object({
  id: z.string(),
  plan: BenchPlan,
  startedAtMs: z.number(),
  atMs: z.number(),
  phase: z.enum(['loading', 'warm-up', 'measuring', 'stopping']),
  steps: z.array(LiveStep),
  stepIndex: z.number(),
  progress: z.number(), // 0..1
  remainingMs: z.number().nullable(), // unknown until something was measured
  /** Of the step under way, by what has arrived so far. */
  headline: z
    .object({ outputTokensPerSecond: Estimate, scaling: z.number().nullable(), plannedRequests: z.number() })
    .nullable(),
  /** Of the step under way: medians of the answers so far, `n` of them. */
  perStream: z
    .object({ decodeTokensPerSecond: z.number().nullable(), ttftMs: z.number().nullable(), n: z.number() })
    .nullable(),
  /** By the second up to `endMs`: tokens that arrived and the most requests in flight; null: nothing was heard. At most 60. */
  rate: z.object({
    endMs: z.number(),
    tokensPerSecond: z.array(z.number().nullable()),
    inFlight: z.array(z.number().nullable()),
  }),
  inFlight: z.number(),
  concurrency: z.number(),
  /** The last 60 s of at most 32 slots. */
  lanes: z.array(z.object({ slot: z.number(), requests: z.array(LaneRequest) })),
  laneCount: z.number(),
  /** First token and time per token of each measured answer, per step in order; thinned to 600. */
  dots: z.array(
    z.object({ step: z.number(), count: z.number(), ttftMs: z.array(z.number()), tpotMs: z.array(z.number()) }),
  ),
  sentCount: z.number(),
  failedCount: z.number(),
  client: z.object({
    eventLoopUtilization: z.number(),
    loopDelayP99Ms: z.number(),
    isLimited: z.boolean(),
  }),
  notes: z.array(BenchNote), // the last 20, newest first
  isSimulated: z.boolean(),
})
export type BenchLive = z.infer<typeof BenchLive>

/** The run under way in a line, for every screen. */
export const BenchProgress = z.object({
  id: z.string(),
  model: ModelRef,
  phase: BenchLive.shape.phase,
  progress: z.number(),
  remainingMs: z.number().nullable(),
  inFlight: z.number(),
})
export type BenchProgress = z.infer<typeof BenchProgress>

const ById = z.object({ id: z.string() })

export const bench = {
  /** The run under way, several times a second; null when none is. */
  watch: operation.output(eventIterator(BenchLive.nullable())),
  /** How far the run under way is; null when none is. */
  watchProgress: operation.output(eventIterator(BenchProgress.nullable())),
  /** Loads the model, warms up and measures step by step; refused while another run is under way. */
  start: operation.input(BenchPlan).output(ById),
  /** Stops the run under way; what has been measured is kept and marked. */
  cancel: operation,
  /** Ends the step under way with the requests it has and goes on to the next. */
  endStep: operation,
  /** The saved runs, newest first. */
  watchRuns: operation.output(eventIterator(z.array(BenchRunSummary))),
  /** A saved run with its steps. */
  show: operation.input(ById).output(BenchRun),
  /** Requests of a saved run in the order they were sent: those after a number, so many at once. */
  showRequests: operation
    .input(ById.extend({ after: z.number().int().default(0), count: z.number().int().min(1).max(2000) }))
    .output(z.array(BenchRequestRow)),
  /** Deletes a saved run with its requests; until Corral ends it can be brought back. */
  remove: operation.input(ById),
  /** Brings a deleted run back. */
  restore: operation.input(ById),
  /** A saved run with its requests as JSON text; `schema` in it says how to read it. */
  export: operation.input(ById).output(z.object({ fileName: z.string(), json: z.string() })),
}
