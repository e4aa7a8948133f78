import type { ModelRef } from '../../../shared/backends/model-ref'
import { ownBackendId } from '../../../shared/backends/own'
import type { LoadedModel, ModelDetails, Models as State } from '../../../shared/contract/models'
import { Failure } from '../../../shared/failure'
import { answersQuestions } from '../../../shared/ollama/answers-questions'
import { isSameModel } from '../../../shared/ollama/model-name'
import type { Logger } from '../../platform/logger'
import type { Redact } from '../../platform/redactor'
import { within } from '../../platform/time-limit'
import { Watched } from '../../platform/watched'
import { askJson } from '../../wire/ask'
import { addressOf, answeringAt, type Backends } from '../../wire/backend'
import { loadedModelsIn, type ToldModel } from '../../wire/loaded-models'
import type { ServerAddress } from '../../wire/server-address'
import type { Sockets } from '../../wire/sockets'
import { DetailsCache } from './details-cache'
import { type CardMemory, heldBy, type Runner, withoutRunner } from './held-by'
import { detailsIn, installedIn } from './model-answers'
import { loadedEveryMs, Readings } from './readings'
import { Stays } from './stays'

/** A look is as good as a new one for as long as the next one would take to come. */
const freshForMs = 2 * loadedEveryMs
const answerWithinMs = 15_000
const heldWithinMs = 3000
const deletedWithinMs = 60_000
/** A server that says something else each time must not fill the log. */
const mostOddLines = 200

type Doing = State['busy'][number]['doing']

type Needs = {
  backends: Backends
  sockets: Sockets
  /** The processes of the server's that hold these models. */
  runners: (loaded: readonly ToldModel[]) => Promise<readonly Runner[]>
  /** Whether those are all the processes of the server's; never where it is left out. */
  seesRunners?: () => boolean
  /** Whether the server has cards to put models on; null where nobody says. */
  usesCards?: () => boolean | null
  /** Memory by process and card, as the driver tells it. */
  cardMemory: () => CardMemory[]
  logger: Logger
  redact: Redact
}

/** What is installed and what is loaded. Asked of the server only while somebody looks. */
export class Models {
  readonly state = new Watched<State>({
    state: 'no-server',
    failure: null,
    installed: [],
    loaded: [],
    gone: [],
    usesCards: null,
    busy: [],
    readAtMs: null,
  })
  readonly #closing = new AbortController()
  readonly #details = new DetailsCache({
    ask: (name) => this.#show(name),
    digestOf: (name) => this.state.current.installed.find((model) => model.name === name)?.digest ?? '',
  })
  readonly #readings: Readings
  /** The server whose disk and memory are shown. */
  readonly #own: Watched<ServerAddress>
  #reading: Promise<void> = Promise.resolve()
  readonly #toldOdd = new Set<string>()
  /** Tell which models Corral's own requests use at this moment. */
  readonly #users: (() => readonly ModelRef[])[] = []
  readonly #stays = new Stays((name) => this.#isAnswering(name))
  /** Without a process at the last look: at two in a row it is gone, for at one it may be on its way. */
  #missing = new Set<string>()

  constructor(private readonly needs: Needs) {
    this.#own = needs.backends.mapped(() => addressOf(needs.backends, ownBackendId))
    this.#readings = new Readings({
      server: this.#own,
      isWatched: () => this.state.watcherCount > 0,
      read: (address, isListDue) => this.#read(address, isListDue),
      onNewServer: () => this.state.update((state) => ({ ...state, state: 'loading' })),
      onListed: (address) => void this.#fillIn(address),
      onNoServer: () => this.#onNoServer(),
    })
  }

  open(): void {
    this.#reading = this.#readings.keep(this.#closing.signal)
  }

  /** Whoever asks models tells here which of them it is asking. */
  usedBy(asking: () => readonly ModelRef[]): void {
    this.#users.push(asking)
  }

  /** The list on disk has changed: read it again at once. */
  refresh(): void {
    this.#readings.refresh()
  }

  async show(model: ModelRef): Promise<ModelDetails> {
    answeringAt(this.needs.backends, model.backendId)
    return this.#show(model.name)
  }

  /** The same of a model of our own server, asked once for as long as it stays the same. */
  detailsOf(name: string): Promise<ModelDetails> {
    return this.#details.of(name)
  }

  async #show(name: string): Promise<ModelDetails> {
    return detailsIn(name, await this.#ask('/api/show', { model: name }, { withinMs: answerWithinMs }), this.#tellOdd)
  }

  /** Which of these models a runner holds, by the weights that its command line names; null where it cannot be told. */
  async modelOf(command: string, names: readonly string[]): Promise<string | null> {
    for (const name of names) {
      const file = await this.#details.weightsFileOf(name)
      if (file !== null && command.includes(file)) return name
    }
    return null
  }

  /** Whether a model is in memory, from the last look at our server; null where that is too long ago, or for another's. */
  isLoaded({ backendId, name }: ModelRef): boolean | null {
    if (backendId !== ownBackendId) return null
    const { state, readAtMs, loaded } = this.state.current
    if (state !== 'ready' || readAtMs === null || Date.now() - readAtMs > freshForMs) return null
    return loaded.some((model) => isSameModel(model.name, name))
  }

  /** The context that a request to a model has, asked of our server now; null where it does not tell, or is another's. */
  async contextOf({ backendId, name }: ModelRef): Promise<number | null> {
    if (backendId !== ownBackendId) return null
    const held = await this.#heldNow(await this.askHeld())
    return held.loaded.find((model) => isSameModel(model.name, name))?.contextLength ?? null
  }

  /** What the server says it holds, asked now. */
  async askHeld(): Promise<ToldModel[]> {
    return loadedModelsIn(await this.#ask('/api/ps', undefined, { withinMs: heldWithinMs }))
  }

  async load(model: ModelRef): Promise<void> {
    const { name } = model
    await this.#whileBusy(model, 'load', () =>
      this.#isEmbedding(name)
        ? this.#ask('/api/embed', { model: name, input: 'a' })
        : this.#ask('/api/generate', { model: name }),
    )
  }

  async unload(model: ModelRef): Promise<void> {
    const { name } = model
    await this.#whileBusy(model, 'unload', async () => {
      await this.#ask(this.#isEmbedding(name) ? '/api/embed' : '/api/generate', {
        model: name,
        keep_alive: 0,
        ...(this.#isEmbedding(name) ? { input: [] } : {}),
      })
      this.#stays.unloadAsked(name)
    })
  }

  async remove(model: ModelRef): Promise<void> {
    const { name } = model
    if (this.state.current.loaded.some((loaded) => loaded.name === name)) await this.unload(model)
    await this.#whileBusy(model, 'remove', () =>
      this.#ask('/api/delete', { model: name }, { withinMs: deletedWithinMs, method: 'DELETE' }),
    )
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#reading
  }

  async #whileBusy(model: ModelRef, doing: Doing, act: () => Promise<unknown>): Promise<void> {
    answeringAt(this.needs.backends, model.backendId)
    const work = { model, doing }
    this.state.update((state) => ({ ...state, busy: [...state.busy, work] }))
    try {
      await act()
    } finally {
      this.state.update((state) => ({ ...state, busy: state.busy.filter((other) => other !== work) }))
      this.refresh()
    }
  }

  /** What an answer had that it should not have, a line in the log each, once. */
  readonly #tellOdd = (line: string) => {
    if (this.#toldOdd.has(line) || this.#toldOdd.size >= mostOddLines) return
    this.#toldOdd.add(line)
    this.needs.logger.warn(`odd answer of the server: ${line}`)
  }

  #isAnswering(name: string): boolean {
    const used = this.#users.flatMap((asking) => asking())
    return used.some((model) => model.backendId === ownBackendId && isSameModel(model.name, name))
  }

  #isEmbedding(name: string): boolean {
    const model = this.state.current.installed.find((installed) => installed.name === name)
    const capabilities = model?.capabilities ?? []
    return capabilities.includes('embedding') && !answersQuestions({ capabilities })
  }

  /** Loading is silent for minutes; everything else has its time. */
  async #ask(path: string, body: unknown, { withinMs, method }: { withinMs?: number; method?: 'DELETE' } = {}) {
    const address = answeringAt(this.needs.backends, ownBackendId)
    const { signal } = this.#closing
    const ask = (limited: AbortSignal) =>
      askJson({ ...this.#at(address), path, body, signal: limited, ...(method ? { method } : {}) })
    return withinMs === undefined ? ask(signal) : within(withinMs, signal, ask)
  }

  #at({ baseUrl }: NonNullable<ServerAddress>) {
    return { sockets: this.needs.sockets, baseUrl }
  }

  async #read(address: NonNullable<ServerAddress>, isListDue: boolean): Promise<boolean> {
    const get = (path: string) =>
      within(answerWithinMs, this.#closing.signal, (signal) => askJson({ ...this.#at(address), path, signal }))
    try {
      const installed = isListDue ? installedIn(await get('/api/tags'), this.#tellOdd) : this.state.current.installed
      const held = await this.#heldNow(loadedModelsIn(await get('/api/ps'), Date.now(), this.#tellOdd))
      if (this.#own.current !== address) return false
      this.state.update((state) => ({
        ...state,
        state: 'ready',
        failure: null,
        installed: installed.map((model) => this.#details.fill(model)),
        ...held,
        readAtMs: Date.now(),
      }))
      return true
    } catch (error) {
      if (this.#closing.signal.aborted || this.#own.current !== address) return false
      this.state.update((state) => ({
        ...state,
        state: 'failed',
        failure: Failure.from(error, 'ollamaFailed').report(this.needs.redact),
      }))
      return false
    }
  }

  async #heldNow(told: ToldModel[]): Promise<Pick<State, 'loaded' | 'gone' | 'usesCards'>> {
    const stays = this.#stays.of(told)
    const usesCards = this.needs.usesCards?.() ?? null
    if (told.length === 0) return { loaded: [], gone: [], usesCards }
    // As far as it can be told: a list that failed is no list of nobody.
    const seen = await this.needs.runners(told).catch(() => null)
    const models = await Promise.all(
      told.map(async (model) => ({ ...model, weightsFile: await this.#details.weightsFileOf(model.name) })),
    )
    const missing = seen !== null && this.needs.seesRunners?.() ? withoutRunner(models, seen) : []
    const gone = missing.filter((name) => this.#missing.has(name))
    this.#missing = new Set(missing)
    const loaded = heldBy(models, seen ?? [], this.needs.cardMemory(), usesCards)
      .filter(({ name }) => !gone.includes(name))
      .map((model): LoadedModel => ({ ...model, stay: stays.get(model.name) ?? { kind: 'unknown' } }))
    return { loaded, gone, usesCards }
  }

  /** Old servers do not list the context a model was trained for: it is asked once a model. */
  async #fillIn(address: NonNullable<ServerAddress>) {
    for (const { name, contextLength, capabilities } of this.state.current.installed) {
      if (this.#closing.signal.aborted || this.#own.current !== address) return
      if ((contextLength !== null && capabilities.length > 0) || this.#details.has(name)) continue
      await this.#details.of(name).catch((error: unknown) => this.needs.logger.warn(`no details of ${name}`, error))
      this.state.update((state) => ({
        ...state,
        installed: state.installed.map((model) => this.#details.fill(model)),
      }))
    }
  }

  #onNoServer() {
    if (this.state.current.state === 'no-server') return
    // What was listed last stays, for whoever wants to look: nothing can be done with it.
    this.state.update((state) => ({ ...state, state: 'no-server', loaded: [], gone: [], failure: null }))
  }
}
