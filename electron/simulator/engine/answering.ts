import type { Configuration } from '../configuration'
import { takeAnswerFaults } from './answer-faults'
import { answerTo, type Piece, type Wishes } from './answer-text'
import type { Engine } from './engine'
import type { Gate } from './gate'
import type { SentRecord } from './sent-records'
import { StopWatch } from './stop-watch'

/** What is to be answered, and what was already done for it. */
export type Order = {
  prompt: string
  wishes: Wishes
  /** Tokens of the prompt that are to be read first. */
  prefillTokens: number
  /** The answer's length; 0 or less leaves it to the text. */
  askedTokens: number
  stops: readonly string[]
  record: SentRecord
}

/** What answers. It may die of itself, or be killed by a fault. */
export type Machine = {
  readonly engine: Engine
  readonly isDead: boolean
  kill(): void
  /** Calls when it dies; the answer takes the call back. */
  onDeath(tell: () => void): () => void
}

/** By itself, by its length, cut off, with no word said, by an error, or because the machine died. */
export type End = 'stop' | 'length' | 'dropped' | 'silent' | 'error' | 'died'

export type Ended = {
  end: End
  atMs: number
  /** All that was sent. */
  text: string
  /** What a fault wants to be said. */
  errorText: string | null
}

/** A token that comes more often in a row than this makes the server give up. */
const longestRepeat = 30

/** Gives an answer token by token at the engine's pace, with the faults that are set; `onEnd` is called once, at its end. */
export function answerOn(
  machine: Machine,
  { prompt, wishes, prefillTokens, askedTokens, stops, record }: Order,
  { configuration, gate }: { configuration: Pick<Configuration, 'faults'>; gate: Gate },
  signal: AbortSignal,
  onPiece: (piece: Piece) => void,
  onEnd: (ended: Ended) => void,
): void {
  const faults = takeAnswerFaults(configuration.faults)
  const answer = answerTo(prompt, wishes)
  const limit = askedTokens > 0 ? askedTokens : Number.POSITIVE_INFINITY
  // A step more than the text has: the token that ends it is counted, but says nothing.
  const naturalEnd = askedTokens > answer.naturalLength ? Number.POSITIVE_INFINITY : answer.naturalLength + 1
  const stopWatch = new StopWatch(stops)
  let text = ''
  let isOver = false

  const finish = (end: End, atMs: number, errorText: string | null = null) => {
    if (isOver) return 'end' as const
    isOver = true
    leave()
    forgetHold()
    forgetDeath()
    signal.removeEventListener('abort', onAbort)
    onEnd({ end, atMs, text, errorText })
    return 'end' as const
  }
  const send = (sent: string, isThinking: boolean) => {
    if (sent === '') return
    text += sent
    onPiece({ text: sent, isThinking })
  }
  const onToken = (dueAtMs: number) => {
    const heldAt = configuration.faults.holdsAfterTokens
    if (heldAt != null && record.tokenDueAtMs.length >= heldAt) return hold()
    const count = record.tokenDueAtMs.push(dueAtMs)
    if (faults.runnerDiesAfterTokens === count) machine.kill()
    if (faults.runnerDiesAfterTokens != null && count >= faults.runnerDiesAfterTokens) return 'more'
    if (faults.stallsAfterTokens != null && count > faults.stallsAfterTokens) return 'more'
    if (count >= naturalEnd) {
      send(stopWatch.rest(), false)
      return finish('stop', dueAtMs)
    }
    const piece = faults.repeatsToken ? { text: ' la', isThinking: false } : answer.piece(count - 1)
    const { text: allowed, isStopped } = piece.isThinking
      ? { text: piece.text, isStopped: false }
      : stopWatch.take(piece.text)
    send(allowed, piece.isThinking)
    if (isStopped) return finish('stop', dueAtMs)
    if (faults.repeatsToken && count > longestRepeat) return finish('silent', dueAtMs)
    if (faults.dropAfterTokens === count) return finish('dropped', dueAtMs)
    if (faults.errorAfterTokens === count) return finish('error', dueAtMs, faults.errorText ?? null)
    if (count < limit) return 'more'
    send(stopWatch.rest(), false)
    return finish('length', dueAtMs)
  }
  const join = (tokens: number, onPrefilled: (atMs: number) => void) =>
    machine.engine.add({ prefillTokens: tokens, onPrefilled, onToken })
  /** Out of the batch until it may go on: a card that waits for a test does no work. */
  const hold = () => {
    forgetHold = gate.hold(() => {
      leave = join(1, () => {})
    })
    return 'end' as const
  }
  let forgetHold = () => {}
  let leave = join(prefillTokens, (atMs) => {
    record.prefilledAtMs = atMs
  })
  const onAbort = () => finish('dropped', performance.now())
  const onDeath = () => finish('died', performance.now())
  const forgetDeath = machine.onDeath(onDeath)
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  if (machine.isDead) onDeath()
}
