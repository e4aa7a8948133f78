import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerEvent } from '../../../shared/backends/answer-event'
import type { AnswerPart } from '../../../shared/contract/chats'
import { Failure } from '../../../shared/failure'
import type { Redact } from '../../platform/redactor'
import { Watched } from '../../platform/watched'
import { figuresOf, figuresOfLoad, figuresSeen, noFigures } from './answer-figures'
import type { AnswerProgress } from './chat-store'
import { storable } from './storable'

const keepEveryMs = 500
const partEveryMs = 33

type Needs = {
  /** Puts the question; the last event is the end. The signal stops it. */
  ask(signal: AbortSignal): AsyncIterable<AnswerEvent[]>
  redact: Redact
  /** Called at each change of state and every half second while text comes. */
  keep(progress: AnswerProgress): void
  /** Called after each change of state. */
  changed(): void
}

type End = Extract<AnswerEvent, { kind: 'end' }>
type Usage = Extract<AnswerEvent, { kind: 'usage' }>

/** One answer while it is made. It goes on whether or not somebody follows it. */
export class RunningAnswer {
  /** Resolves when the answer has ended, however it did, and has been kept. */
  readonly ended: Promise<void>
  #state: Omit<AnswerProgress, 'text' | 'thinking'> = { state: 'waiting', failure: null, figures: noFigures }
  #text = ''
  #thinking = ''
  /** What followers wait for. */
  readonly #come = new Watched({ length: 0, hasEnded: false })
  readonly #stop = new AbortController()
  #cutShortBy: Failure | null = null
  #isKept = true
  readonly #sentAtMs = performance.now()
  #firstTokenMs: number | null = null
  #lastPieceMs: number | null = null
  #pieceCount = 0
  #hadToLoad = false
  #usage: Usage | null = null

  constructor(private readonly needs: Needs) {
    const keeping = setInterval(() => this.#keepIfChanged(), keepEveryMs)
    this.ended = this.#run().finally(() => {
      clearInterval(keeping)
      this.#come.update(({ length }) => ({ length, hasEnded: true }))
    })
  }

  get progress(): AnswerProgress {
    return { ...this.#state, text: this.#text, thinking: this.#thinking }
  }

  /** Ends it: as stopped by the user, or cut short by what is given. */
  async end(cutShortBy: Failure | null = null): Promise<void> {
    this.#cutShortBy = cutShortBy
    this.#stop.abort()
    await this.ended
  }

  async *follow(
    from: { text: number; thinking: number },
    signal?: AbortSignal,
  ): AsyncGenerator<AnswerPart, void, void> {
    let { text, thinking } = from
    while (!signal?.aborted) {
      const seen = this.#come.current
      const part = { text: this.#text.slice(text), thinking: this.#thinking.slice(thinking) }
      text += part.text.length
      thinking += part.thinking.length
      if (part.text || part.thinking) yield part
      if (seen.hasEnded) return
      await Promise.all([
        this.#come.changeFrom(seen, signal),
        pause(partEveryMs, undefined, { signal }).catch(() => {}),
      ])
    }
  }

  async #run(): Promise<void> {
    try {
      for await (const events of this.needs.ask(this.#stop.signal)) {
        for (const event of events) this.#take(event)
        const length = this.#text.length + this.#thinking.length
        if (length !== this.#come.current.length) this.#come.set({ length, hasEnded: false })
      }
    } catch (error) {
      const failure = Failure.from(error, 'ollamaFailed').report((text) => text)
      this.#end({ kind: 'end', outcome: 'failed', failure, finishReason: null, server: null })
    }
  }

  #take(event: AnswerEvent) {
    if (event.kind === 'loading') {
      this.#hadToLoad = true
      this.#change({ state: 'loading' })
    } else if (event.kind === 'delta') this.#append(event.of, storable(event.text))
    else if (event.kind === 'usage') this.#usage = event
    else if (event.kind === 'end') this.#end(event)
  }

  #append(of: 'text' | 'thinking', piece: string) {
    if (of === 'text') this.#text += piece
    else this.#thinking += piece
    this.#isKept = false
    this.#pieceCount++
    this.#lastPieceMs = this.#sinceSentMs()
    if (this.#firstTokenMs !== null) return
    this.#firstTokenMs = this.#lastPieceMs
    this.#change({ state: 'streaming' })
  }

  #end(end: End) {
    if (end.outcome === 'done') {
      const seen = { firstTokenMs: this.#firstTokenMs, totalMs: this.#sinceSentMs() }
      return this.#change({ state: 'done', figures: figuresOf(end, this.#usage, seen) })
    }
    if (end.outcome === 'stopped') {
      const by = this.#cutShortBy
      const failure = by && { code: by.code }
      return this.#change({ state: by ? 'cut-short' : 'stopped', failure, figures: this.#seen() })
    }
    const { code, detail } = end.failure ?? { code: 'answerEndedEarly' }
    this.#change({
      state: this.#firstTokenMs === null ? 'failed' : 'cut-short',
      failure: new Failure(code, detail).report(this.needs.redact),
      figures: code === 'modelOnlyLoaded' ? figuresOfLoad(end.server, this.#sinceSentMs()) : this.#seen(),
    })
  }

  /** What can be said of an answer whose last record never came: the server's counts are missing. */
  #seen() {
    return figuresSeen({
      count: this.#pieceCount,
      firstMs: this.#firstTokenMs,
      lastMs: this.#lastPieceMs,
      totalMs: this.#sinceSentMs(),
      isLoading: this.#hadToLoad,
    })
  }

  #sinceSentMs() {
    return performance.now() - this.#sentAtMs
  }

  #change(change: Partial<AnswerProgress>) {
    this.#state = { ...this.#state, ...change }
    this.#isKept = true
    this.needs.keep(this.progress)
    this.needs.changed()
  }

  #keepIfChanged() {
    if (this.#isKept) return
    this.#isKept = true
    this.needs.keep(this.progress)
  }
}
