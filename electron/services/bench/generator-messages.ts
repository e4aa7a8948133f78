import type { SeenRequest } from '../../../shared/measure/stage'
import type { Protocol } from '../../wire/framing'

/** Where requests go. */
export type Target = { host: string; port: number; protocol: Protocol; path: string; probePath: string }

export type RequestOrder = { number: number; nonce: string; body: string }

/** One closed-loop step: `concurrency` slots, each sending its next request when the one before has ended. */
export type StageOrder = {
  stage: number
  phase: 'warm-up' | 'measure'
  concurrency: number
  askedTokens: number
  requests: RequestOrder[]
  /** The first requests are spread over this long, else the slots would march in step. */
  spreadMs: number
  /** No request is sent after this long. */
  limitMs: number
  firstTokenLimitMs: number
  idleLimitMs: number
}

export type ToGenerator = { kind: 'stage'; order: StageOrder } | { kind: 'end-stage' } | { kind: 'cancel' }

export type ActiveRequest = {
  number: number
  slot: number
  requestAtMs: number
  firstTokenMs: number | null
  events: number
}

/** What happened since the last one; times are the generator's clock. */
export type Progress = {
  kind: 'progress'
  atMs: number
  ended: SeenRequest[]
  active: ActiveRequest[]
  /** Events by the second of the generator's clock: those of the last three seconds. */
  seconds: [second: number, events: number][]
  eventLoopUtilization: number
  loopDelayP99Ms: number
  /** Slept since the last one. */
  sleptMs: number
}

export type StageEnd = {
  kind: 'stage-end'
  reason: 'complete' | 'time-limit' | 'ended' | 'cancelled' | 'unreachable'
  eventLoopUtilization: number
  loopDelayP99Ms: number
  /** Slept within the step, all together. */
  sleptMs: number
}

export type FromGenerator = { kind: 'ready'; clockMs: number; steadyMs: number } | Progress | StageEnd
