import { setTimeout as pause } from 'node:timers/promises'
import type { AnswerEvent } from '../../../shared/backends/answer-event'
import type { AnswerFigures, AnswerPart, AnswerPlace } from '../../../shared/contract/chats'
import { Failure } from '../../../shared/failure'
import type { Redact } from '../../platform/redactor'
import type { Standstill, Standstills } from '../../platform/standstills'
import { Watched } from '../../platform/watched'
import { figuresOf, figuresOfLoad, figuresSeen, noFigures } from './answer-figures'
import type { AnswerProgress } from './chat-store'
import { type Quiet, quietOf } from './quiet'
import { storable } from './storable'
import { ThoughtSplitter, type Told, withTold } from './thought-splitter'

const keepEveryMs = 500
const partEveryMs = 33
/** It is asked when the first word comes; only an answer of a word or two is over before that is told. */
const contextWithinMs = 2000

type Needs = {
  /** Puts the question; the last event is the end. The signal stops it. */
  ask(signal: AbortSignal): AsyncIterable<AnswerEvent[]>
  redact: Redact
  /** The context of a request to this model, as it is now; null where nobody can tell. */
  contextLength(): Promise<number | null>
  /** Whether the server left a part of the prompt out. */
  promptCut(counted: { promptTokens: number | null; contextLength: number | null }): AnswerFigures['promptCut']
  standstills: Pick<Standstills, 'last'>
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
  #said = { text: '', thinking: '' }
  /** How often what had been said turned out to be thought. */
  turns = 0
  readonly #splitter = new ThoughtSplitter()
  /** What followers wait for. */
  readonly #come = new Watched({ changes: 0, hasEnded: false })
  readonly #stop = new AbortController()
  #cutShortBy: Failure | null = null
  #isKept = true
  readonly #sentAtMs = performance.now()
  #firstTokenMs: number | null = null
  #lastPieceMs: number | null = null
  #hasKeptText = false
  #pieceCount = 0
  #hadToLoad = false
  #usage: Usage | null = null
  #quiet: Quiet | null = null
  #standstillMs = 0
  #standstillSeen: Standstill | null
  #context: Promise<number | null> | null = null
  #contextLength: number | null = null

  constructor(private readonly needs: Needs) {
    this.#standstillSeen = needs.standstills.last.current
    const keeping = setInterval(() => {
      this.#keepIfChanged()
      this.#lookForQuiet()
    }, keepEveryMs)
    this.ended = this.#run().finally(() => {
      clearInterval(keeping)
      this.#come.update(({ changes }) => ({ changes, hasEnded: true }))
    })
  }

  get progress(): AnswerProgress {
    return { ...this.#state, ...this.#said }
  }

  /** Whether it has fallen silent. */
  get quiet(): Quiet | null {
    return this.#quiet
  }

  /** Ends it: as stopped by the user, or cut short by what is given. */
  async end(cutShortBy: Failure | null = null): Promise<void> {
    this.#cutShortBy = cutShortBy
    this.#stop.abort()
    await this.ended
  }

  async *follow(from: AnswerPlace, signal?: AbortSignal): AsyncGenerator<AnswerPart, void, void> {
    let { text, thinking, turns } = from
    while (!signal?.aborted) {
      const seen = this.#come.current
      if (turns !== this.turns) {
        text = 0
        thinking = 0
        turns = this.turns
      }
      const part = { text: this.#said.text.slice(text), thinking: this.#said.thinking.slice(thinking), turns }
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
        const before = this.#said
        for (const event of events) {
          if (event.kind === 'end') await this.#contextKnown()
          this.#take(event)
        }
        if (this.#said !== before) this.#come.update(({ changes }) => ({ changes: changes + 1, hasEnded: false }))
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
    if (of === 'thinking') {
      this.#splitter.sawThinking()
      this.#tell([{ of, text: piece }])
    } else this.#tell(this.#splitter.take(piece))
    this.#pieceCount++
    this.#lastPieceMs = this.#sinceSentMs()
    // The first words are kept at once: a host that is killed soon after must not leave an empty answer.
    if (!this.#hasKeptText && this.#said.text !== '') {
      this.#hasKeptText = true
      this.#keepIfChanged()
    }
    if (this.#firstTokenMs !== null) return
    this.#firstTokenMs = this.#lastPieceMs
    this.#context = this.needs.contextLength().then(
      (length) => {
        this.#contextLength = length
        return length
      },
      () => null,
    )
    this.#change({ state: 'streaming' })
  }

  #tell(told: Told[]) {
    this.turns += told.filter(({ of }) => of === 'turned').length
    this.#said = told.reduce(withTold, this.#said)
    if (told.length > 0) this.#isKept = false
  }

  async #contextKnown() {
    if (this.#context) await Promise.race([this.#context, pause(contextWithinMs, null, { ref: false })])
  }

  #lookForQuiet() {
    const standstill = this.needs.standstills.last.current
    if (standstill !== this.#standstillSeen && standstill) this.#standstillMs += standstill.durationMs
    this.#standstillSeen = standstill
    const lastWordMs = this.#lastPieceMs === null ? null : this.#sentAtMs + this.#lastPieceMs
    const quiet = quietOf({ nowMs: performance.now(), askedAtMs: this.#sentAtMs, lastWordMs, standstill })
    if ((quiet === null) === (this.#quiet === null) && quiet?.standstillMs === this.#quiet?.standstillMs) return
    this.#quiet = quiet
    this.needs.changed()
  }

  #end(end: End) {
    this.#tell(this.#splitter.end())
    // Some servers end a mere load with neither a reason nor counts.
    const isMereLoad = end.finishReason === null && this.#usage === null && this.#firstTokenMs === null
    if (end.outcome === 'done' && !isMereLoad) {
      const seen = { firstTokenMs: this.#firstTokenMs, totalMs: this.#sinceSentMs() }
      return this.#change({ state: 'done', figures: this.#withContext(figuresOf(end, this.#usage, seen)) })
    }
    if (end.outcome === 'stopped') {
      const by = this.#cutShortBy
      const failure = by && { code: by.code }
      return this.#change({ state: by ? 'cut-short' : 'stopped', failure, figures: this.#seen() })
    }
    const { code, detail } = end.failure ?? { code: isMereLoad ? 'modelOnlyLoaded' : 'answerEndedEarly' }
    this.#change({
      state: this.#firstTokenMs === null ? 'failed' : 'cut-short',
      failure: new Failure(code, detail).report(this.needs.redact),
      figures: code === 'modelOnlyLoaded' ? figuresOfLoad(end.server, this.#sinceSentMs()) : this.#seen(),
    })
  }

  /** What can be said of an answer whose last record never came: the server's counts are missing. */
  #seen() {
    return this.#withContext(
      figuresSeen({
        count: this.#pieceCount,
        firstMs: this.#firstTokenMs,
        lastMs: this.#lastPieceMs,
        totalMs: this.#sinceSentMs(),
        isLoading: this.#hadToLoad,
        hadStandstill: this.#standstillMs > 0,
      }),
    )
  }

  /** With the context it was answered in, what did not fit into that, and how long nobody was awake meanwhile. */
  #withContext(figures: AnswerFigures): AnswerFigures {
    if (this.#firstTokenMs === null) return figures
    const contextLength = this.#contextLength
    const promptCut = this.needs.promptCut({ promptTokens: figures.promptTokens, contextLength })
    return {
      ...figures,
      ...(contextLength === null ? {} : { contextLength }),
      ...(promptCut ? { promptCut } : {}),
      ...(this.#standstillMs > 0 ? { standstillMs: this.#standstillMs } : {}),
    }
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
