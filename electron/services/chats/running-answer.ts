import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerPart } from '../../../shared/contract/chats'
import { Failure } from '../../../shared/failure'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import { streamRecords } from '../../wire/records'
import { figuresOf, figuresSeen, noFigures } from './answer-figures'
import { type chatBody, isLoaded } from './chat-request'
import type { AnswerProgress } from './chat-store'
import { storable } from './storable'

const keepEveryMs = 500
const partEveryMs = 33

type Needs = {
  baseUrl: string
  body: ReturnType<typeof chatBody>
  /** Called at each change of state and every half second while text comes. */
  keep(progress: AnswerProgress): void
  /** Called after each change of state. */
  changed(): void
}

/** One answer while it is made. It goes on whether or not somebody follows it. */
export class RunningAnswer {
  /** Resolves when the answer has ended, however it did, and has been kept. */
  readonly ended: Promise<void>
  #progress: AnswerProgress = { state: 'waiting', text: '', thinking: '', failure: null, figures: noFigures }
  #length = new Watched(0)
  #stop = new AbortController()
  #cutShortBy: Failure | null = null
  #hasEnded = false
  #isKept = true
  #sentAtMs = performance.now()
  #firstTokenMs: number | null = null
  #lastPieceMs: number | null = null
  #pieceCount = 0
  #hadToLoad = false

  constructor(private readonly needs: Needs) {
    const keeping = setInterval(() => this.#keepIfChanged(), keepEveryMs)
    this.ended = this.#run().finally(() => {
      clearInterval(keeping)
      this.#hasEnded = true
      this.#length.set(-1) // wakes all followers a last time
    })
  }

  get progress(): AnswerProgress {
    return this.#progress
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
      const seen = this.#length.current
      const isLast = this.#hasEnded
      const part = { text: this.#progress.text.slice(text), thinking: this.#progress.thinking.slice(thinking) }
      text += part.text.length
      thinking += part.thinking.length
      if (part.text || part.thinking) yield part
      if (isLast) return
      await Promise.all([
        this.#length.changeFrom(seen, signal),
        pause(partEveryMs, undefined, { signal }).catch(() => {}),
      ])
    }
  }

  async #run(): Promise<void> {
    const { baseUrl, body } = this.needs
    const { signal } = this.#stop
    try {
      this.#hadToLoad = !(await isLoaded(baseUrl, body.model, signal))
      if (this.#hadToLoad) this.#change({ state: 'loading' })
      this.#sentAtMs = performance.now()
      let last: Record<string, unknown> | null = null
      for await (const records of streamRecords({ baseUrl, path: '/api/chat', body, signal })) {
        for (const record of records) {
          this.#append(record.message)
          if (record.done === true) last = record
        }
      }
      if (!last)
        return this.#change({ state: 'cut-short', failure: { code: 'answerEndedEarly' }, figures: this.#seen() })
      const figures = figuresOf(last, { firstTokenMs: this.#firstTokenMs, totalMs: this.#sinceSentMs() })
      this.#change({ state: 'done', figures })
    } catch (error) {
      this.#fail(error)
    }
  }

  #append(message: unknown) {
    const { content, thinking } = (message ?? {}) as { content?: unknown; thinking?: unknown }
    const newText = typeof content === 'string' ? storable(content) : ''
    const newThinking = typeof thinking === 'string' ? storable(thinking) : ''
    if (newText === '' && newThinking === '') return
    this.#progress = {
      ...this.#progress,
      text: this.#progress.text + newText,
      thinking: this.#progress.thinking + newThinking,
    }
    this.#isKept = false
    this.#pieceCount++
    this.#lastPieceMs = this.#sinceSentMs()
    if (this.#firstTokenMs === null) {
      this.#firstTokenMs = this.#lastPieceMs
      this.#change({ state: 'streaming' })
    }
    this.#length.set(this.#progress.text.length + this.#progress.thinking.length)
  }

  #fail(error: unknown) {
    if (this.#stop.signal.aborted) {
      const failure = this.#cutShortBy
      return this.#change({
        state: failure ? 'cut-short' : 'stopped',
        failure: failure && { code: failure.code },
        figures: this.#seen(),
      })
    }
    this.#change({
      state: this.#firstTokenMs === null ? 'failed' : 'cut-short',
      failure: Failure.from(error, 'ollamaFailed').report(redact),
      figures: this.#seen(),
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
    this.#progress = { ...this.#progress, ...change }
    this.#isKept = true
    this.needs.keep(this.#progress)
    this.needs.changed()
  }

  #keepIfChanged() {
    if (this.#isKept) return
    this.#isKept = true
    this.needs.keep(this.#progress)
  }
}
