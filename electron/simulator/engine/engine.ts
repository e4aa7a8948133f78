import { Alarm } from './alarm'

export type Sequence = {
  /** Tokens of the prompt that no cache spares. */
  prefillTokens: number
  onPrefilled(atMs: number): void
  /** The next token is due; the sequence ends where this says so. */
  onToken(dueAtMs: number): 'more' | 'end'
}

export type EngineRates = { prefillTokensPerSecond: number; decodeTokensPerSecond: number; batchOverhead: number }

type Active = { sequence: Sequence; prefillLeft: number; isOver: boolean }

type Step = { atMs: number; stepMs: number; chunks: { active: Active; tokens: number }[]; decoding: Active[] }

/** What a card did: how long it worked, and how hard, 1 being a prefill that fills it. */
export type Work = { busyMs: number; effortMs: number }

const batchTokens = 512

/**
 * One runner's arithmetic: steps follow each other on absolute deadlines, so that no timer's lateness adds up.
 * A step gives every decoding sequence one token and takes longer the more there are; tokens of prompts share the
 * steps up to the batch size, and what they cost slows all the others.
 */
export class Engine {
  readonly #active = new Set<Active>()
  readonly #alarm = new Alarm()
  #step: Step | null = null
  #work: Work = { busyMs: 0, effortMs: 0 }
  #countedToMs = 0

  constructor(private readonly rates: EngineRates) {}

  get sequenceCount(): number {
    return this.#active.size
  }

  /** Joins the sequence at the next step; the answer takes it out again. */
  add(sequence: Sequence): () => void {
    const active: Active = { sequence, prefillLeft: Math.max(1, sequence.prefillTokens), isOver: false }
    this.#active.add(active)
    if (!this.#step) this.#begin(performance.now())
    return () => {
      active.isOver = true
      this.#active.delete(active)
    }
  }

  /** The work done since this was last asked. */
  takeWork(): Work {
    if (this.#step) this.#count(performance.now())
    const work = this.#work
    this.#work = { busyMs: 0, effortMs: 0 }
    return work
  }

  close(): void {
    this.#alarm.clear()
    this.#active.clear()
    this.#step = null
  }

  #begin(fromMs: number) {
    if (this.#active.size === 0) {
      this.#step = null
      return
    }
    const decoding = [...this.#active].filter((active) => active.prefillLeft === 0)
    const chunks: Step['chunks'] = []
    let room = Math.max(1, batchTokens - decoding.length)
    for (const active of this.#active) {
      const tokens = Math.min(active.prefillLeft, room)
      if (tokens === 0) continue
      chunks.push({ active, tokens })
      room -= tokens
    }
    const stepMs = this.#decodeMs(decoding.length) + this.#prefillMs(chunks)
    this.#step = { atMs: fromMs + stepMs, stepMs, chunks, decoding }
    this.#countedToMs = Math.max(this.#countedToMs, fromMs)
    this.#alarm.set(this.#step.atMs, () => this.#finish())
  }

  #finish() {
    const step = this.#step
    if (!step) return
    this.#count(step.atMs)
    for (const { active, tokens } of step.chunks) {
      if (active.isOver) continue
      active.prefillLeft -= tokens
      if (active.prefillLeft > 0) continue
      active.sequence.onPrefilled(step.atMs)
      this.#give(active, step.atMs) // a prompt's last tokens bring the first of the answer
    }
    for (const active of step.decoding) this.#give(active, step.atMs)
    this.#begin(step.atMs)
  }

  #give(active: Active, dueAtMs: number) {
    if (active.isOver || active.sequence.onToken(dueAtMs) === 'more') return
    active.isOver = true
    this.#active.delete(active)
  }

  #decodeMs(batch: number) {
    const { decodeTokensPerSecond, batchOverhead } = this.rates
    return batch === 0 ? 0 : (1000 / decodeTokensPerSecond) * (1 + batchOverhead * (batch - 1))
  }

  #prefillMs(chunks: Step['chunks']) {
    return (chunks.reduce((sum, { tokens }) => sum + tokens, 0) / this.rates.prefillTokensPerSecond) * 1000
  }

  /** Decoding waits for memory more than it reckons, the less so the more go together. */
  #count(toMs: number) {
    const step = this.#step
    const elapsedMs = toMs - this.#countedToMs
    if (!step || elapsedMs <= 0) return
    this.#countedToMs = toMs
    const prefillShare = this.#prefillMs(step.chunks) / Math.max(step.stepMs, 1e-6)
    const decodeEffort = 0.62 + 0.3 * Math.min(1, step.decoding.length / 32)
    this.#work.busyMs += elapsedMs
    this.#work.effortMs += elapsedMs * (prefillShare + (1 - prefillShare) * decodeEffort)
  }
}
