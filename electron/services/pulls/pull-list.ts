import { ownModel } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import { isSameModel } from '../../../shared/ollama/model-name'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import { Watched } from '../../platform/watched'
import { leftOver } from './left-over'
import { PullStore } from './pull-store'

/** All pulls that are told of, in memory and on disk. */
export class PullList {
  readonly state: Watched<Pull[]>
  readonly #store: PullStore

  /** With what the last host left behind. */
  constructor(
    database: Database,
    private readonly logger: Logger,
  ) {
    this.#store = new PullStore(database, logger)
    const { finished, unfinished } = leftOver(this.#store.list())
    for (const pull of finished) this.#store.remove(pull.model)
    for (const pull of unfinished) this.#write(pull)
    this.state = new Watched(unfinished)
  }

  find(model: string): Pull | undefined {
    return this.state.current.find((pull) => pull.model.name === model)
  }

  /** By a name that may be spelled in other letters. */
  findSame(model: string): Pull | undefined {
    return this.state.current.find((pull) => isSameModel(pull.model.name, model))
  }

  /** At the end of the list, whatever was known of this model before. */
  append(model: string, known: Pull | undefined): void {
    const pull: Pull = {
      model: ownModel(model),
      state: 'waiting',
      completedBytes: known?.state === 'done' ? 0 : (known?.completedBytes ?? 0),
      totalBytes: known?.totalBytes ?? null,
      isTotalFinal: false,
      bytesPerSecond: null,
      remainingMs: null,
      failure: null,
      keptBytes: null,
      trouble: null,
      addedAtMs: Date.now(),
      finishedAtMs: null,
    }
    this.#store.write(pull)
    this.state.update((list) => [...list.filter((other) => other.model.name !== model), pull])
  }

  get hasWaiting(): boolean {
    return this.state.current.some(({ state }) => state === 'waiting')
  }

  /** Behind all others. */
  moveBack(model: string, change: Partial<Pull>): void {
    this.change(model, change)
    const isIt = (pull: Pull) => pull.model.name === model
    this.state.update((list) => [...list.filter((pull) => !isIt(pull)), ...list.filter(isIt)])
  }

  remove(pull: Pull['model']): void {
    this.#store.remove(pull)
    this.state.update((list) => list.filter(({ model }) => model.name !== pull.name))
  }

  /** `isKept` false: on disk it may wait until the next `save`. */
  change(model: string, change: Partial<Pull>, isKept = true): void {
    this.state.update((list) => list.map((pull) => (pull.model.name === model ? { ...pull, ...change } : pull)))
    if (isKept) this.save(model)
  }

  save(model: string): void {
    const pull = this.find(model)
    if (pull) this.#write(pull)
  }

  /** A full disk must end neither the queue nor the host; how far the pull is, Ollama knows too. */
  #write(pull: Pull) {
    try {
      this.#store.write(pull)
    } catch (error) {
      this.logger.error('a pull could not be kept', error)
    }
  }
}
