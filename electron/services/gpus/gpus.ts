import { setTimeout as pause } from 'node:timers/promises'
import type { Gpu, GpuHistoryChange, GpusChange, Gpus as State } from '../../../shared/contract/gpus'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { Watched } from '../../platform/watched'
import type { Children } from '../../process/children'
import type { Program } from '../../process/program'
import { type Asked, askCards, reachableCards } from './ask-cards'
import { followCards, silentAfterMs } from './card-loop'
import { CardProcesses } from './card-processes'
import { type CardFound, cardsFound, withLost } from './cards-found'
import type { CsvRow } from './csv-rows'
import { GpuHistory, type Minutes } from './gpu-history'
import { changeBetween } from './gpus-change'
import { loopFields, staticFields } from './query-fields'
import { type CardFacts, type CardProcess, lostReasonOf, readingOf, withSystemMemory } from './readings'

const restartDelaysMs = [1000, 2000, 5000, 15_000, 60_000]
/** A driver that is not there seldom comes by itself; the user can ask for another look. */
const absentRetryMs = 180_000
const lookForStepMs = 750
const mostOtherLines = 50

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
  readonly #processes = new CardProcesses(
    (found) => this.#showProcesses(found),
    (line) => this.#tellOther(line),
  )
  readonly #closing = new AbortController()
  readonly #toldOther = new Set<string>()
  #again = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  constructor(private readonly needs: Needs) {
    this.#history = new GpuHistory(needs.database, needs.logger)
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

  /** The cards, whole at first; then only the readings where nothing else has changed. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<GpusChange, void, void> {
    let before: State | null = null
    for await (const state of this.state.watch(signal, 250)) {
      yield before === null ? { whole: state } : changeBetween(before, state)
      before = state
    }
  }

  /** The last minutes, whole at first; then their end, with each step that is over. */
  async *watchHistory(minutes: Minutes, signal: AbortSignal | undefined): AsyncGenerator<GpuHistoryChange, void, void> {
    let sentUuids = ''
    let sentAtMs = 0
    while (!signal?.aborted) {
      this.#processes.want()
      const uuids = this.state.current.cards.map(({ uuid }) => uuid)
      const lastAtMs = this.#history.lastStepAtMs(minutes)
      // Earlier than what was sent: the clock was set back.
      const isWhole = uuids.join() !== sentUuids || lastAtMs < sentAtMs
      if (isWhole) yield this.#history.series(minutes, uuids)
      else if (lastAtMs > sentAtMs) yield this.#history.endOfSeries(minutes, uuids, sentAtMs)
      sentUuids = uuids.join()
      sentAtMs = lastAtMs
      await pause(lookForStepMs, undefined, signal ? { signal } : {}).catch(() => {})
    }
  }

  /** Memory by process and card, as nvidia-smi last told it. Asking is what keeps it fresh. */
  processes(): CardProcess[] {
    this.#processes.want()
    return this.state.current.cards.flatMap(({ uuid, processes }) => processes.map((process) => ({ uuid, ...process })))
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#again.abort()
    await this.#loop
    this.#history.close()
  }

  async #keepWatching() {
    let failures = 0
    while (!this.#closing.signal.aborted) {
      this.#again = new AbortController()
      const signal = AbortSignal.any([this.#closing.signal, this.#again.signal])
      const isSimulated = this.needs.isSimulated()
      const program = this.needs.findProgram()
      let hadRows = false
      if (program) hadRows = await this.#watchOnce(program, isSimulated, signal)
      else this.state.set({ ...nothing, state: 'absent', reason: 'no-nvidia-smi', isSimulated })
      failures = hadRows || this.#again.signal.aborted ? 0 : failures + 1
      const delayMs = restartDelaysMs[Math.min(failures, restartDelaysMs.length - 1)] ?? absentRetryMs
      const waitMs = this.state.current.state === 'absent' ? absentRetryMs : delayMs
      await pause(waitMs, undefined, { signal }).catch(() => {})
    }
  }

  /** One life of the loop: which cards, which fields, then rows until it ends. Tells whether there were any. */
  async #watchOnce(program: Program, isSimulated: boolean, signal: AbortSignal): Promise<boolean> {
    let chosen: number[] | null = null
    let facts = await askCards(program, staticFields, null, signal)
    let said = facts.kind === 'rows' ? facts.said : facts.detail
    if (facts.kind === 'failed' && facts.reason === 'cards-lost') {
      chosen = await reachableCards(program, signal)
      if (chosen.length > 0) facts = await askCards(program, staticFields, chosen, signal)
      if (facts.kind === 'rows') said += `\n${facts.said}`
    }
    if (signal.aborted) return false
    if (facts.kind === 'failed') {
      this.#showFailure(facts, isSimulated)
      return false
    }
    const found = cardsFound(facts.text, facts.fields, said, (line) => this.#tellOther(line))
    const fields = await askCards(program, loopFields, chosen, signal)
    if (signal.aborted) return false
    if (fields.kind === 'failed') {
      this.#showFailure(fields, isSimulated)
      return false
    }
    this.#showCards(found, isSimulated)
    return this.#follow(program, { fields: fields.fields, chosen, cards: found.rows, signal })
  }

  async #follow(
    program: Program,
    asked: { fields: string[]; chosen: number[] | null; cards: (CardFacts | null)[]; signal: AbortSignal },
  ): Promise<boolean> {
    const over = new AbortController()
    const processes = this.#processes.follow(program, this.state, AbortSignal.any([asked.signal, over.signal]))
    const silence = setInterval(() => this.#markSilent(Date.now()), 1000)
    try {
      const rowCount = await followCards({
        program,
        children: this.needs.children,
        ...asked,
        onRow: (card, row, atMs) => this.#take(card, row, atMs),
        onOther: (line) => this.#tellOther(line),
        onExit: (exit) => this.needs.logger.warn('nvidia-smi ended, and is started again', exit),
      })
      return rowCount > 0
    } finally {
      clearInterval(silence)
      this.#history.interrupt()
      over.abort()
      await processes
      // What it said last is not true any longer.
      if (!this.#closing.signal.aborted) this.#changeCards((card) => ({ ...card, latest: null }))
    }
  }

  #heldOn(uuid: string): number {
    const processes = this.state.current.cards.find((card) => card.uuid === uuid)?.processes ?? []
    return processes.reduce((sum, { usedBytes }) => sum + (usedBytes ?? 0), 0)
  }

  /** What nvidia-smi printed that is no row, once each. */
  #tellOther(line: string) {
    if (this.#toldOther.has(line) || this.#toldOther.size >= mostOtherLines) return
    this.#toldOther.add(line)
    this.needs.logger.warn('nvidia-smi printed a line that is no row', line.slice(0, 500))
  }

  #take({ uuid, maximumPowerWatts, sharesMemory }: CardFacts, row: CsvRow, atMs: number) {
    const lostReason = lostReasonOf(row)
    const read = lostReason === null ? readingOf(row, atMs, maximumPowerWatts) : null
    const latest = read && sharesMemory ? withSystemMemory(read, this.#heldOn(uuid)) : read
    if (latest) this.#history.add(uuid, latest)
    const recentPercents = this.#history.recentPercents(uuid, atMs)
    this.#changeCards((card) => (card.uuid === uuid ? { ...card, latest, recentPercents, lostReason } : card))
  }

  /** A card without a row of its own while another goes on. */
  #markSilent(nowMs: number) {
    const isSilent = ({ latest, lostReason }: Gpu) =>
      lostReason === null && latest !== null && nowMs - latest.atMs > silentAfterMs
    const { cards } = this.state.current
    if (!cards.some(isSilent) || cards.every((card) => card.latest === null || isSilent(card))) return
    this.#changeCards((card) => (isSilent(card) ? { ...card, latest: null, lostReason: 'no reading' } : card))
  }

  #showProcesses(found: CardProcess[]) {
    this.#changeCards((card) => ({
      ...card,
      processes: found.flatMap(({ uuid, ...process }) => (uuid === card.uuid ? process : [])),
    }))
  }

  #showFailure({ reason, detail }: Extract<Asked, { kind: 'failed' }>, isSimulated: boolean) {
    const isAbsent = reason === 'no-nvidia-smi' || reason === 'no-devices' || reason === 'no-driver'
    // An absence is calm; after a failure the cards stay on the screen, without values.
    const cards = isAbsent ? [] : this.#cardsBefore(isSimulated).map((card) => ({ ...card, latest: null }))
    this.needs.logger.info('nvidia-smi tells no cards', { reason, detail: detail.slice(0, 500) })
    this.state.set({ ...nothing, state: isAbsent ? 'absent' : 'failed', reason, detail, cards, isSimulated })
  }

  #showCards(found: CardFound, isSimulated: boolean) {
    const { cards, unreachable } = withLost(found, this.#cardsBefore(isSimulated))
    const driverVersion = found.rows.find((row) => row !== null)?.driverVersion ?? null
    this.state.set({ ...nothing, state: 'watching', driverVersion, cards, unreachable, isSimulated })
  }

  #cardsBefore(isSimulated: boolean): Gpu[] {
    return this.state.current.isSimulated === isSimulated ? this.state.current.cards : []
  }

  #changeCards(change: (card: Gpu) => Gpu) {
    this.state.update((state) => ({ ...state, cards: state.cards.map(change) }))
  }
}

const nothing = {
  state: 'probing',
  reason: null,
  detail: null,
  driverVersion: null,
  cards: [],
  unreachable: [],
  isSimulated: false,
} satisfies State
