import { z } from 'zod'
import { ModelRef } from '../backends/model-ref'

/** The version of what is saved and exported; a change that an old reader would misread gets a new number. */
export const resultSchema = 'corral.bench/1'

/** From where to where each number of a plan may go. */
export const planLimits = {
  promptTokens: { min: 32, max: 131_072 },
  answerTokens: { min: 8, max: 8192 },
  contextLength: { min: 256, max: 1_048_576 }, // for each stream
} as const

const within = ({ min, max }: { min: number; max: number }) => z.number().int().min(min).max(max)

/** What to measure: one model, one shape of work, a ladder of streams at once. */
export const BenchPlan = z.object({
  model: ModelRef,
  promptTokens: within(planLimits.promptTokens),
  answerTokens: within(planLimits.answerTokens),
  concurrency: z.array(z.number().int().min(1).max(128)).min(1).max(8),
  preset: z.enum(['quick', 'standard']),
  contextLength: within(planLimits.contextLength),
})
export type BenchPlan = z.infer<typeof BenchPlan>

/** How a request ended. Only `ok` ones are ever measured. */
export const Outcome = z.enum([
  'ok',
  'truncated', // the stream ended with neither an end mark nor an error
  'stream-error', // an error inside a stream that had begun with 200
  'empty', // a proper end without a token
  'only-loaded', // the server brought the model into memory and wrote nothing
  'unreadable',
  'connect',
  'timeout-first-token',
  'timeout-idle',
  'queue-full', // Ollama's 503
  'http-401',
  'http-429',
  'http-4xx',
  'http-5xx',
  'cancelled',
])
export type Outcome = z.infer<typeof Outcome>

export const TokenSource = z.enum(['usage', 'eval_count', 'chunks'])
export type TokenSource = z.infer<typeof TokenSource>

/** A value with its 95 % interval (null where too little was seen for one) and the number of requests behind it. */
export const Estimate = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.enum(['bootstrap', 'order-statistic', 'block-bootstrap', 'none']),
  n: z.number(),
})
export type Estimate = z.infer<typeof Estimate>

/** Many values; quantiles are of type 7, and a tail quantile is null where n cannot carry its interval. */
export const Distribution = z.object({
  n: z.number(),
  mean: z.number(),
  standardDeviation: z.number().nullable(),
  min: z.number(),
  max: z.number(),
  median: Estimate,
  p95: Estimate.nullable(),
  p99: Estimate.nullable(),
})
export type Distribution = z.infer<typeof Distribution>

/** One request. Durations count from the moment it was handed to the socket; `…AtMs` from the start of the run. */
export const BenchRequest = z.object({
  number: z.number(),
  stage: z.number(),
  phase: z.enum(['warm-up', 'measure']),
  slot: z.number(),
  scheduledAtMs: z.number(),
  requestAtMs: z.number(),
  endAtMs: z.number(),
  outcome: Outcome,
  status: z.number().nullable(), // of HTTP
  detail: z.string().nullable(), // what the server said of a failure
  finishReason: z.string().nullable(),
  headersMs: z.number().nullable(),
  ttftMs: z.number().nullable(),
  ttfoMs: z.number().nullable(),
  tpotMs: z.number().nullable(),
  e2eMs: z.number().nullable(),
  maxGapMs: z.number().nullable(),
  events: z.number(),
  tokensPerEvent: z.number().nullable(),
  outputTokens: z.number(),
  reasoningTokens: z.number().nullable(),
  promptTokens: z.number().nullable(),
  cachedTokens: z.number().nullable(),
  tokenSource: TokenSource,
  serverLoadMs: z.number().nullable(),
  serverPromptMs: z.number().nullable(),
  serverAnswerMs: z.number().nullable(),
  serverTotalMs: z.number().nullable(),
  isShort: z.boolean(), // under 90 % of the asked length
  isInWindow: z.boolean(),
  isReload: z.boolean(), // the server had to load the model again
  nonce: z.string(),
})
export type BenchRequest = z.infer<typeof BenchRequest>

/** Something to know before a number is believed, with the figures its sentence needs. */
export const Verdict = z.object({
  code: z.enum([
    'few-requests',
    'client-limited',
    'client-fine',
    'short-answers',
    'cache-suspect',
    'failures',
    'no-failures',
    'above-ceiling',
    'of-ceiling',
    'queues',
    'serialized',
    'scales',
    'drift',
    'steady',
    'model-reloaded',
    'estimated-tokens',
    'ramp-included',
    'cpu-spill',
    'one-piece',
    'slept',
    'server-stood-still',
  ]),
  level: z.enum(['good', 'info', 'caution', 'bad']),
  values: z.record(z.string(), z.number()),
})
export type Verdict = z.infer<typeof Verdict>

const Client = z.object({
  eventLoopUtilization: z.number(), // 0..1
  loopDelayP99Ms: z.number(),
})
export type Client = z.infer<typeof Client>

/** One step of the plan, measured. System figures and per-stream figures never share a field. */
export const BenchStage = z.object({
  position: z.number(),
  kind: z.enum(['measure', 'drift']),
  concurrency: z.number(),
  plannedRequests: z.number(),
  isComplete: z.boolean(),
  /** `steady`: all slots had answered once and none was idle. `loaded`: too short for that, ramp and drain are in. */
  window: z.object({ kind: z.enum(['steady', 'loaded', 'none']), startMs: z.number(), endMs: z.number() }),
  counts: z.object({
    ok: z.number(),
    short: z.number(),
    failed: z.number(),
    cancelled: z.number(),
    inWindow: z.number(),
    byOutcome: z.record(z.string(), z.number()),
  }),
  system: z.object({
    outputTokensPerSecond: Estimate.nullable(),
    inputTokensPerSecond: z.number().nullable(), // read anew; what came from a cache is not in it
    requestsPerSecond: z.number().nullable(),
    meanInFlight: z.number().nullable(),
    littleErrorPercent: z.number().nullable(),
    scaling: z.number().nullable(), // against the step of one stream
  }),
  perStream: z.object({
    ttftMs: Distribution.nullable(),
    ttfoMs: Distribution.nullable(),
    tpotMs: Distribution.nullable(),
    decodeTokensPerSecond: Distribution.nullable(),
    e2eMs: Distribution.nullable(),
    maxGapMs: Distribution.nullable(),
    tokensPerEvent: Distribution.nullable(),
    fairness: z.number().nullable(),
  }),
  /** `input` is null where the server did not count a prompt. */
  tokens: z.object({ source: TokenSource.nullable(), input: z.number().nullable(), output: z.number() }),
  server: z.object({
    prefillTokensPerSecond: z.number().nullable(),
    decodeTokensPerSecond: z.number().nullable(),
    waitMs: z.number().nullable(),
  }),
  client: Client,
  ceiling: z.object({ tokensPerSecond: z.number(), bandwidthUtilization: z.number() }).nullable(),
  /** Step by step from `startMs`: tokens that arrived a second, mean requests in flight; at most 600 points. */
  timeline: z.object({
    startMs: z.number(),
    stepMs: z.number(),
    tokensPerSecond: z.array(z.number()),
    inFlight: z.array(z.number()),
  }),
  verdicts: z.array(Verdict),
})
export type BenchStage = z.infer<typeof BenchStage>

/** A measured step in short, for lists and small pictures. */
export const CurvePoint = z.object({
  concurrency: z.number(),
  outputTokensPerSecond: Estimate.nullable(),
  decodeTokensPerSecond: Estimate.nullable(),
  ttftMs: Estimate.nullable(),
  tpotMs: Estimate.nullable(),
})
export type CurvePoint = z.infer<typeof CurvePoint>
