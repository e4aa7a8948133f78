import { setTimeout as pause } from 'node:timers/promises'
import type { InstalledModel, LoadedModel, ModelDetails, Models as State } from '../../../shared/contract/models'
import { Failure } from '../../../shared/failure'
import { answersQuestions } from '../../../shared/ollama/answers-questions'
import { isSameModel } from '../../../shared/ollama/model-name'
import { runnerContext } from '../../../shared/ollama/runner-arguments'
import type { Logger } from '../../platform/logger'
import type { Redact } from '../../platform/redactor'
import { within } from '../../platform/time-limit'
import { Watched } from '../../platform/watched'
import { askJson } from '../../wire/ask'
import type { ServerAddress } from '../../wire/server-address'
import type { Sockets } from '../../wire/sockets'
import { blobIn, detailsIn, type Held, heldIn, installedIn } from './model-answers'

const loadedEveryMs = 1500
/** A look is as good as a new one for as long as the next one would take to come. */
const freshForMs = 2 * loadedEveryMs
const installedEveryMs = 12_000
const answerWithinMs = 15_000
const deletedWithinMs = 60_000

type Doing = State['busy'][number]['doing']
type Runner = { pid: number; command: string }
type CardMemory = { uuid: string; pid: number; usedBytes: number | null }

type Needs = {
  server: Watched<ServerAddress>
  sockets: Sockets
  runners: () => Promise<Runner[]>
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
    busy: [],
    readAtMs: null,
  })
  readonly #details = new Map<string, ModelDetails>()
  readonly #closing = new AbortController()
  readonly #dirty = new Watched(0)
  #reading: Promise<void> = Promise.resolve()

  constructor(private readonly needs: Needs) {}

  open(): void {
    this.#reading = this.#keepReading()
  }

  /** The list on disk has changed: read it again at once. */
  refresh(): void {
    this.#dirty.update((count) => count + 1)
  }

  async show(name: string): Promise<ModelDetails> {
    return detailsIn(name, await this.#ask('/api/show', { model: name }, { withinMs: answerWithinMs }))
  }

  /** Which of these models a runner holds, by the weights that its command line names; null where it cannot be told. */
  async modelOf(command: string, names: readonly string[]): Promise<string | null> {
    for (const name of names) {
      const file = await this.#weightsFile(name)
      if (file !== null && command.includes(file)) return name
    }
    return null
  }

  /** Whether a model is in memory, from the last look at the server; null where that is too long ago to tell. */
  isLoaded(name: string): boolean | null {
    const { state, readAtMs, loaded } = this.state.current
    if (state !== 'ready' || readAtMs === null || Date.now() - readAtMs > freshForMs) return null
    return loaded.some((model) => isSameModel(model.name, name))
  }

  async load(name: string): Promise<void> {
    await this.#whileBusy(name, 'load', () =>
      this.#isEmbedding(name)
        ? this.#ask('/api/embed', { model: name, input: 'a' })
        : this.#ask('/api/generate', { model: name }),
    )
  }

  async unload(name: string): Promise<void> {
    await this.#whileBusy(name, 'unload', async () => {
      await this.#ask(this.#isEmbedding(name) ? '/api/embed' : '/api/generate', {
        model: name,
        keep_alive: 0,
        ...(this.#isEmbedding(name) ? { input: [] } : {}),
      })
    })
  }

  async remove(name: string): Promise<void> {
    if (this.state.current.loaded.some((loaded) => loaded.name === name)) await this.unload(name)
    await this.#whileBusy(name, 'remove', () =>
      this.#ask('/api/delete', { model: name }, { withinMs: deletedWithinMs, method: 'DELETE' }),
    )
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#reading
  }

  async #whileBusy(model: string, doing: Doing, act: () => Promise<unknown>): Promise<void> {
    const work = { model, doing }
    this.state.update((state) => ({ ...state, busy: [...state.busy, work] }))
    try {
      await act()
    } finally {
      this.state.update((state) => ({ ...state, busy: state.busy.filter((other) => other !== work) }))
      this.refresh()
    }
  }

  #isEmbedding(name: string): boolean {
    const model = this.state.current.installed.find((installed) => installed.name === name)
    const capabilities = model?.capabilities ?? []
    return capabilities.includes('embedding') && !answersQuestions({ capabilities })
  }

  /** Loading is silent for minutes; everything else has its time. */
  async #ask(path: string, body: unknown, { withinMs, method }: { withinMs?: number; method?: 'DELETE' } = {}) {
    const address = this.needs.server.current
    if (!address) throw new Failure('serverNotReady')
    const { signal } = this.#closing
    const ask = (limited: AbortSignal) =>
      askJson({ ...this.#at(address), path, body, signal: limited, ...(method ? { method } : {}) })
    return withinMs === undefined ? ask(signal) : within(withinMs, signal, ask)
  }

  #at({ baseUrl }: NonNullable<ServerAddress>) {
    return { sockets: this.needs.sockets, baseUrl }
  }

  async #keepReading() {
    const { server } = this.needs
    const { signal } = this.#closing
    let listedAtMs = 0
    let listedFor: ServerAddress = null
    let seenDirty = -1
    while (!signal.aborted) {
      const address = server.current
      const dirty = this.#dirty.current
      const before = this.state.current
      if (!address) {
        if (before.state !== 'no-server')
          this.state.set({ ...before, state: 'no-server', installed: [], loaded: [], failure: null })
      } else if (this.state.watcherCount > 0 || dirty !== seenDirty || listedFor !== address) {
        const isListDue = listedFor !== address || dirty !== seenDirty || Date.now() - listedAtMs > installedEveryMs
        if (listedFor !== address) this.state.update((state) => ({ ...state, state: 'loading' }))
        const isRead = await this.#read(address, isListDue)
        if (isRead && isListDue) {
          listedAtMs = Date.now()
          listedFor = address
          seenDirty = dirty
          void this.#fillIn(address)
        }
      }
      const round = new AbortController()
      const ends = AbortSignal.any([signal, round.signal])
      await Promise.race([
        pause(loadedEveryMs, undefined, { signal: ends }).catch(() => {}),
        server.changeFrom(address, ends) ?? Promise.resolve(),
        this.#dirty.changeFrom(dirty, ends) ?? Promise.resolve(),
      ])
      round.abort()
    }
  }

  async #read(address: NonNullable<ServerAddress>, isListDue: boolean): Promise<boolean> {
    const get = (path: string) =>
      within(answerWithinMs, this.#closing.signal, (signal) => askJson({ ...this.#at(address), path, signal }))
    try {
      const installed = isListDue ? installedIn(await get('/api/tags')) : this.state.current.installed
      const held = heldIn(await get('/api/ps'), Date.now())
      const loaded = await this.#withCards(held)
      if (this.needs.server.current !== address) return false
      this.state.update((state) => ({
        ...state,
        state: 'ready',
        failure: null,
        installed: installed.map((model) => this.#withDetails(model)),
        loaded,
        readAtMs: Date.now(),
      }))
      return true
    } catch (error) {
      if (this.#closing.signal.aborted || this.needs.server.current !== address) return false
      this.state.update((state) => ({
        ...state,
        state: 'failed',
        failure: Failure.from(error, 'ollamaFailed').report(this.needs.redact),
      }))
      return false
    }
  }

  /** Which runner holds a model, and on which cards: by the weights' blob in its arguments, then by its process id. */
  async #withCards(held: Held[]): Promise<LoadedModel[]> {
    if (held.length === 0) return []
    const runners = await this.needs.runners().catch(() => [])
    const memory = this.needs.cardMemory()
    return Promise.all(
      held.map(async ({ digest: _, ...model }) => {
        const file = await this.#weightsFile(model.name)
        const runner = file ? runners.find(({ command }) => command.includes(file)) : undefined
        const cards = memory.flatMap(({ uuid, pid, usedBytes }) =>
          pid === runner?.pid && usedBytes !== null ? [{ uuid, usedBytes }] : [],
        )
        // Old servers do not tell it, and a question with another context would load the model again.
        const contextLength = model.contextLength ?? (runner ? runnerContext(runner.command) : null)
        return { ...model, contextLength, runnerPid: runner?.pid ?? null, cards }
      }),
    )
  }

  /** The weights' file by its own name. */
  async #weightsFile(model: string): Promise<string | null> {
    const details = await this.#detailsOf(model).catch(() => null)
    return (details && blobIn(details))?.split(/[\\/]/).pop() ?? null
  }

  /** Old servers do not list the context a model was trained for: it is asked once a model. */
  async #fillIn(address: NonNullable<ServerAddress>) {
    for (const { name, contextLength, capabilities } of this.state.current.installed) {
      if (this.#closing.signal.aborted || this.needs.server.current !== address) return
      if ((contextLength !== null && capabilities.length > 0) || this.#details.has(this.#key(name))) continue
      await this.#detailsOf(name).catch((error: unknown) => this.needs.logger.warn(`no details of ${name}`, error))
      this.state.update((state) => ({ ...state, installed: state.installed.map((model) => this.#withDetails(model)) }))
    }
  }

  #withDetails(model: InstalledModel): InstalledModel {
    const details = this.#details.get(`${model.name} ${model.digest}`)
    if (!details) return model
    return {
      ...model,
      contextLength: model.contextLength ?? details.contextLength,
      capabilities: model.capabilities.length > 0 ? model.capabilities : details.capabilities,
    }
  }

  async #detailsOf(name: string): Promise<ModelDetails> {
    const key = this.#key(name)
    const known = this.#details.get(key)
    if (known) return known
    const details = await this.show(name)
    this.#details.set(key, details)
    return details
  }

  #key(name: string) {
    return `${name} ${this.state.current.installed.find((model) => model.name === name)?.digest ?? ''}`
  }
}
