import { setTimeout as pause } from 'node:timers/promises'
import type { Gpu, GpuHistory as History, Gpus as State } from '../../../shared/contract/gpus'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { Watched } from '../../platform/watched'
import type { Child } from '../../process/child'
import type { Children } from '../../process/children'
import type { Program } from '../../process/program'
import { run } from '../../process/run'
import { rowOf, rowsOf } from './csv-rows'
import { GpuHistory, type Minutes } from './gpu-history'
import { lineSplitter } from './line-splitter'
import { outcomeOf } from './outcome'
import { loopFields, processFields, queryArguments, staticFields, withoutField } from './query-fields'
import { type CardFacts, type CardProcess, factsOf, lostReasonOf, processOf, readingOf } from './readings'

const everyMs = 1000
const silentAfterMs = 6000
const firstAnswerMs = 15_000
const restartDelaysMs = [1000, 2000, 5000, 15_000, 60_000]
/** A driver that is not there seldom comes by itself; the user can ask for another look. */
const absentRetryMs = 180_000
const processesEveryMs = 4000
const probeRounds = 8

type Needs = {
  /** nvidia-smi; null where there is none. Asked again with every look. */
  findProgram: () => Program | null
  isSimulated: () => boolean
  children: Children
  database: Database
  logger: Logger
}

/** The cards, read by one looping nvidia-smi: a spawn a reading would wake and reset idle cards. */
export class Gpus {
  readonly state: Watched<State>
  readonly #history: GpuHistory
  readonly #closing = new AbortController()
  #again = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #child: Child | null = null

  constructor(private readonly needs: Needs) {
    this.#history = new GpuHistory(needs.database)
    this.state = new Watched<State>({ ...nothing, isSimulated: needs.isSimulated() })
  }

  /** Begins to watch, and goes on until `close`. */
  open(): void {
    this.#loop = this.#keepWatching().catch((error: unknown) =>
      this.needs.logger.error('watching the GPUs failed', error),
    )
  }

  /** Asks again at once: after an install, another driver, or when the simulator takes over. */
  lookAgain(): void {
    this.#again.abort()
  }

  async *watchHistory(minutes: Minutes, signal: AbortSignal | undefined): AsyncGenerator<History, void, void> {
    const everyStepMs = minutes === 60 ? 3000 : 1000
    while (!signal?.aborted) {
      yield this.#history.series(
        minutes,
        this.state.current.cards.map(({ uuid }) => uuid),
      )
      await pause(everyStepMs, undefined, signal ? { signal } : {}).catch(() => {})
    }
  }

  /** Memory by process and card, as nvidia-smi last told it. */
  processes(): CardProcess[] {
    return this.state.current.cards.flatMap(({ uuid, processes }) => processes.map((process) => ({ uuid, ...process })))
  }

  readingsBetween(uuid: string, fromMs: number, toMs: number) {
    return this.#history.between(uuid, fromMs, toMs)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#again.abort()
    await this.#child?.stop(1500)
    await this.#loop
    this.#history.close()
  }

  async #keepWatching() {
    let failures = 0
    while (!this.#closing.signal.aborted) {
      this.#again = new AbortController()
      const isSimulated = this.needs.isSimulated()
      const program = this.needs.findProgram()
      let waitMs: number
      if (!program) {
        this.#set({ ...nothing, state: 'absent', reason: 'no-nvidia-smi', isSimulated })
        waitMs = absentRetryMs
      } else {
        const hadRows = await this.#watchOnce(program, isSimulated)
        failures = hadRows ? 0 : failures + 1
        const isAbsent = this.state.current.state === 'absent'
        waitMs = isAbsent ? absentRetryMs : (restartDelaysMs[Math.min(failures, restartDelaysMs.length - 1)] ?? 60_000)
      }
      const ends = AbortSignal.any([this.#closing.signal, this.#again.signal])
      await pause(waitMs, undefined, { signal: ends }).catch(() => {})
      if (this.#again.signal.aborted) failures = 0
    }
  }

  /** One life of the loop: which cards, which fields, then rows until it ends. Tells whether there were any. */
  async #watchOnce(program: Program, isSimulated: boolean): Promise<boolean> {
    const facts = await this.#ask(program, staticFields)
    if (this.#isOver()) return false
    if (facts.kind === 'failed') {
      const isAbsent = ['no-nvidia-smi', 'no-devices', 'no-driver'].includes(facts.reason)
      const cards = isAbsent ? [] : this.state.current.cards.map((card) => ({ ...card, latest: null }))
      this.#set({
        ...nothing,
        state: isAbsent ? 'absent' : 'failed',
        reason: facts.reason,
        detail: facts.detail,
        cards,
        isSimulated,
      })
      return false
    }
    const cards = rowsOf(facts.text, facts.fields).flatMap((row) => factsOf(row) ?? [])
    const fields = await this.#ask(program, loopFields)
    if (this.#isOver() || fields.kind === 'failed') return false
    this.#showCards(cards, isSimulated)
    return this.#followLoop(program, fields.fields, cards)
  }

  /** One answer, dropping the fields this driver does not know. */
  async #ask(program: Program, wanted: readonly string[]) {
    let fields = [...wanted]
    for (let round = 0; round < probeRounds; round++) {
      const result = await run(program, queryArguments(fields), {
        timeoutMs: firstAnswerMs,
        signal: this.#closing.signal,
      })
      const outcome = outcomeOf(result)
      if (outcome.kind === 'unknown-field') fields = withoutField(fields, outcome.field)
      else if (outcome.kind === 'rows') return { kind: 'rows', text: outcome.text, fields } as const
      else return outcome
    }
    return { kind: 'failed', reason: 'other', detail: 'too many unknown fields' } as const
  }

  async #followLoop(program: Program, fields: readonly string[], cards: CardFacts[]): Promise<boolean> {
    const child = this.needs.children.start(program, queryArguments(fields, everyMs))
    this.#child = child
    let rowCount = 0
    let heardAtMs = Date.now()
    let place = -1
    child.process.stdout?.on(
      'data',
      lineSplitter((line) => {
        const row = rowOf(
          line,
          fields.map((field) => (field === 'clocks_event_reasons.active' ? 'clocks_throttle_reasons.active' : field)),
        )
        if (!row) return
        rowCount++
        heardAtMs = Date.now()
        // A lost card's row may have no identity: then it stands where it always stood.
        const known = cards.findIndex(({ uuid }) => uuid === row.uuid)
        place = known === -1 ? (place + 1) % Math.max(1, cards.length) : known
        this.#take(cards[place], row, heardAtMs)
      }),
    )
    child.process.stderr?.resume()
    const watch = setInterval(() => {
      if (Date.now() - heardAtMs > silentAfterMs) void child.stop(500)
      this.#markSilent(Date.now())
    }, 1000)
    const processes = this.#followProcesses(program, child)
    const again = this.#again.signal
    const stop = () => void child.stop(1000)
    again.addEventListener('abort', stop)
    await child.exited
    again.removeEventListener('abort', stop)
    clearInterval(watch)
    this.#child = null
    await processes
    // What it said last is not true any longer.
    if (!this.#closing.signal.aborted) this.#changeCards((card) => ({ ...card, latest: null }))
    return rowCount > 0
  }

  #take(card: CardFacts | undefined, row: Record<string, string>, atMs: number) {
    if (!card) return
    const lostReason = lostReasonOf(row)
    if (lostReason !== null) {
      return this.#changeCards((known) => (known.uuid === card.uuid ? { ...known, latest: null, lostReason } : known))
    }
    const reading = readingOf(row, atMs, card.maximumPowerWatts)
    this.#history.add(card.uuid, reading)
    this.#changeCards((known) => (known.uuid === card.uuid ? { ...known, latest: reading, lostReason: null } : known))
  }

  /** A card that others outlive without a row of its own. */
  #markSilent(nowMs: number) {
    const newest = Math.max(...this.state.current.cards.map(({ latest }) => latest?.atMs ?? 0))
    if (nowMs - newest > silentAfterMs) return
    this.#changeCards((card) =>
      card.lostReason === null && card.latest !== null && nowMs - card.latest.atMs > silentAfterMs
        ? { ...card, latest: null, lostReason: 'no reading' }
        : card,
    )
  }

  async #followProcesses(program: Program, child: Child) {
    while (!child.hasExited && !this.#closing.signal.aborted) {
      if (this.state.watcherCount > 0) await this.#readProcesses(program)
      await Promise.race([
        child.exited,
        pause(processesEveryMs, undefined, { signal: this.#closing.signal }).catch(() => {}),
      ])
    }
  }

  async #readProcesses(program: Program) {
    const query = [`--query-compute-apps=${processFields.join(',')}`, '--format=csv,noheader,nounits']
    const outcome = outcomeOf(await run(program, query, { timeoutMs: 5000, signal: this.#closing.signal }))
    const found =
      outcome.kind === 'rows' ? rowsOf(outcome.text, processFields).flatMap((row) => processOf(row) ?? []) : []
    this.#changeCards((card) => ({
      ...card,
      processes: found
        .filter(({ uuid }) => uuid === card.uuid)
        .map(({ pid, name, usedBytes }) => ({ pid, name, usedBytes })),
    }))
  }

  #showCards(facts: CardFacts[], isSimulated: boolean) {
    const before = this.state.current.isSimulated === isSimulated ? this.state.current.cards : []
    const found: Gpu[] = facts.map(({ driverVersion: _, ...card }) => ({
      ...card,
      latest: null,
      lostReason: null,
      processes: [],
    }))
    // A card that was there a moment ago and is not any longer has been lost, not removed.
    const gone = before
      .filter(({ uuid }) => !found.some((card) => card.uuid === uuid))
      .map((card) => ({ ...card, latest: null, lostReason: card.lostReason ?? 'GPU is lost', processes: [] }))
    this.#set({
      state: 'watching',
      reason: null,
      detail: null,
      driverVersion: facts[0]?.driverVersion ?? null,
      cards: [...found, ...gone].sort((left, right) => left.index - right.index),
      isSimulated,
    })
  }

  #isOver() {
    return this.#closing.signal.aborted || this.#again.signal.aborted
  }

  #changeCards(change: (card: Gpu) => Gpu) {
    this.state.update((state) => ({ ...state, cards: state.cards.map(change) }))
  }

  #set(state: State) {
    this.state.set(state)
  }
}

const nothing = {
  state: 'probing',
  reason: null,
  detail: null,
  driverVersion: null,
  cards: [],
  isSimulated: false,
} satisfies State
