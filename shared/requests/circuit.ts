import type { FailureCode } from '../failure'

/** Why a backend is not asked for a while, and until when. */
export type OpenCircuit = { untilMs: number; code: FailureCode }

const failuresToOpen = 5
const openMs = 30_000
const outOfCreditMs = 15 * 60_000

/** What is a backend's own trouble; a question's own fault says nothing of the backend. */
const counted: ReadonlySet<FailureCode> = new Set([
  'nameNotFound',
  'cannotConnect',
  'tlsFailed',
  'relayFailed',
  'firstTokenTimeout',
  'stalled',
])

/**
 * Cools a backend down: five failures in a row close it to questions for 30 s, then one probe; a 429 for as long as it
 * told (30 s else), no credit for 15 minutes or until asked anyway.
 */
export class Circuit {
  #failuresInARow = 0
  #open: OpenCircuit | null = null
  #isProbing = false

  /** What stands against asking now; null: ask. The first to ask after the time is the probe, others still wait. */
  stateAt(nowMs: number): OpenCircuit | null {
    if (!this.#open) return null
    if (nowMs < this.#open.untilMs || this.#isProbing) return this.#open
    this.#isProbing = true
    return null
  }

  succeeded(): void {
    this.#failuresInARow = 0
    this.close()
  }

  failed(code: FailureCode, nowMs: number, toldWaitMs: number | null = null): void {
    const wasProbing = this.#isProbing
    this.#isProbing = false
    if (code === 'rateLimited') this.#openFor(toldWaitMs ?? openMs, code, nowMs)
    else if (code === 'outOfCredit') this.#openFor(outOfCreditMs, code, nowMs)
    else if (counted.has(code)) {
      this.#failuresInARow += 1
      if (wasProbing || this.#failuresInARow >= failuresToOpen) this.#openFor(openMs, code, nowMs)
    }
  }

  /** *Ask now*: the user knows better, as after a top-up. */
  close(): void {
    this.#open = null
    this.#isProbing = false
  }

  #openFor(ms: number, code: FailureCode, nowMs: number) {
    this.#open = { untilMs: nowMs + ms, code }
  }
}
